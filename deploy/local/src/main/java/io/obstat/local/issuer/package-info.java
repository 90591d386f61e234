/** The OIDC issuer for local use: people, agents, tokens and the page to sign in. */
@NullMarked
package io.obstat.local.issuer;

import org.jspecify.annotations.NullMarked;
