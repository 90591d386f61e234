package io.obstat.decision.http;

import io.obstat.contracts.json.Json;
import io.obstat.decision.jose.KeyProofs;
import io.obstat.decision.quarkus.DecisionConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a gateway has to know of this service, found from the issuer alone. SPEC: RFC 8414. */
@Path("/.well-known/oauth-authorization-server")
@Tag(name = "keys")
public class MetadataResource {

    private static final Duration FRESH = Duration.ofMinutes(5);

    private final byte[] metadata;

    public MetadataResource(DecisionConfig config) {
        this.metadata = Json.write(Metadata.of(config.issuer()));
    }

    /** Grants come with decisions and not from a token endpoint, so that there are no response types. */
    private record Metadata(
            String issuer,
            String jwks_uri,
            List<String> response_types_supported,
            List<String> grant_types_supported,
            String introspection_endpoint,
            String revocation_endpoint,
            List<String> dpop_signing_alg_values_supported,
            List<String> authorization_details_types_supported) {

        static Metadata of(URI issuer) {
            return new Metadata(
                    issuer.toString(),
                    Requests.address(issuer, "/.well-known/jwks.json"),
                    List.of(),
                    List.of(),
                    Requests.address(issuer, "/v1/grants/introspect"),
                    Requests.address(issuer, "/v1/grants/revoke"),
                    List.of(KeyProofs.ALGORITHM),
                    List.of("obstat_action"));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Where the keys, introspection and revocation are (RFC 8414)", operationId = "metadata")
    public Response metadata() {
        var cache = new CacheControl();
        cache.setMaxAge((int) FRESH.toSeconds());
        return Response.ok(metadata).cacheControl(cache).build();
    }
}
