package io.obstat.decision.http;

import io.obstat.decision.jose.PublishedKeys;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys, for everyone who checks a decision or a grant. SPEC: RFC 7517 §5. */
@Path("/.well-known/jwks.json")
@Tag(name = "keys")
public class KeysResource {

    private static final Duration FRESH = Duration.ofMinutes(5);

    private final String keys;

    public KeysResource(PublishedKeys keys) {
        this.keys = keys.asJwks().toString();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The public keys that decisions and grants are checked with", operationId = "keys")
    public Response keys() {
        var cache = new CacheControl();
        cache.setMaxAge((int) FRESH.toSeconds());
        return Response.ok(keys).cacheControl(cache).build();
    }
}
