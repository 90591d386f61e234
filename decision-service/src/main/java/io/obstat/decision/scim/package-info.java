/** SCIM 2.0 (RFC 7643, RFC 7644), as identity providers use it to provision people and their groups. */
@NullMarked
package io.obstat.decision.scim;

import org.jspecify.annotations.NullMarked;
