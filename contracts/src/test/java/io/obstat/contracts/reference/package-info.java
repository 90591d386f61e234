/** Generators of the published reference (schemas, AsyncAPI, tables) and the test that it is up to date. */
@NullMarked
package io.obstat.contracts.reference;

import org.jspecify.annotations.NullMarked;
