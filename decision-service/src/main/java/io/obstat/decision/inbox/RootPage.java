package io.obstat.decision.inbox;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** Leads from the service's address to the inbox. */
@Path("/")
public class RootPage {

    @GET
    @Operation(hidden = true)
    public RestResponse<Void> toInbox() {
        return RestResponse.seeOther(URI.create("/inbox"));
    }
}
