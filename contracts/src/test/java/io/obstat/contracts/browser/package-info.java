@NullMarked
package io.obstat.contracts.browser;

import org.jspecify.annotations.NullMarked;
