@NullMarked
package io.obstat.notifier.yaml;

import org.jspecify.annotations.NullMarked;
