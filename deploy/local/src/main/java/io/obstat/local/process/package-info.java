/** Operating system processes that outlive the program that started them: their pid files, logs and ports. */
@NullMarked
package io.obstat.local.process;

import org.jspecify.annotations.NullMarked;
