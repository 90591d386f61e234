package io.obstat.ledger.pages;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where signing out ends; open to anyone. */
@Path("/ledger/signed-out")
@Produces(MediaType.TEXT_HTML)
public class SignedOutPage {
    /** Checked against the template when this is built. */
    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance signedOut();
    }

    @GET
    public Response signedOut() {
        return Html.page(200, Templates.signedOut());
    }
}
