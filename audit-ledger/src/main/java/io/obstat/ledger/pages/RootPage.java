package io.obstat.ledger.pages;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Leads whoever typed only the host to the ledger. */
@Path("/")
public class RootPage {
    @GET
    public Response root() {
        return Response.seeOther(URI.create("/ledger")).build();
    }
}
