@NullMarked
package io.obstat.local.demo;

import org.jspecify.annotations.NullMarked;
