/** Obstat by HTTP: {@link io.obstat.sdk.http.HttpObstat} makes the client, {@link io.obstat.sdk.http.ClientCredentials} its tokens. */
@NullMarked
package io.obstat.sdk.http;

import org.jspecify.annotations.NullMarked;
