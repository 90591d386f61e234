@NullMarked
package io.obstat.local.service;

import org.jspecify.annotations.NullMarked;
