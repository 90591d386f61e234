/**
 * Who is told what, and when to try again. Pure: no clock, no randomness, no I/O; technology lies in the subpackages, one package a channel.
 */
@NullMarked
package io.obstat.notifier;

import org.jspecify.annotations.NullMarked;
