package io.obstat.policy.http;

import io.obstat.policy.Policy;
import io.obstat.policy.PolicySet;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Which policy set is in force. */
@Path("/v1/policies")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
public class PoliciesResource {

    private final PolicySet set;

    PoliciesResource(Policy policy) {
        this.set = policy.set();
    }

    /**
     * The answer.
     *
     * @param name of the set
     * @param digest {@code sha256:} over the bytes of its source; the same as in every verdict
     * @param rules the ids of its rules, in order
     */
    public record CurrentPolicySet(String name, String digest, List<String> rules) {}

    @GET
    @Path("/current")
    @Operation(
            summary = "The policy set in force",
            description = "Its digest is the one that every verdict of this instance names.")
    @APIResponse(responseCode = "200", description = "The policy set in force")
    @APIResponse(responseCode = "401", description = "No bearer token, or none that is good here")
    public CurrentPolicySet current() {
        return new CurrentPolicySet(set.name(), set.digest(), set.ruleIds());
    }
}
