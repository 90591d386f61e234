package io.obstat.decision.inbox;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;

/** Pages as HTTP answers. */
final class Pages {

    private static final Logger LOG = Logger.getLogger(Pages.class);

    private Pages() {}

    static Uni<RestResponse<String>> html(Status status, TemplateInstance page) {
        return html(status.getStatusCode(), page);
    }

    static Uni<RestResponse<String>> html(int status, TemplateInstance page) {
        return page.createUni()
                .map(html -> RestResponse.ResponseBuilder.<String>create(status)
                        .entity(html)
                        .header("Content-Type", "text/html;charset=UTF-8")
                        .build());
    }

    static Uni<RestResponse<String>> unknown() {
        return html(
                Status.NOT_FOUND,
                Templates.trouble(
                        "No such request",
                        "Nothing with this id waits here or was decided here. It may not have reached this service yet: load the page again in a moment."));
    }

    /** Nothing is decided by a page that could not be made; says so. */
    static Uni<RestResponse<String>> unavailable(Throwable cause) {
        logUnavailable(cause);
        return html(
                Status.SERVICE_UNAVAILABLE,
                Templates.trouble(
                        "Obstat cannot answer just now",
                        "What waits is safe and nothing was approved. Load the page again in a moment."));
    }

    static void logUnavailable(Throwable cause) {
        LOG.warnf(cause, "The inbox could not answer; is PostgreSQL away?");
    }

    /** After a plain form, so that loading the page again does not post again. */
    static Uni<RestResponse<String>> seeOther(String path) {
        // Not RestResponse.seeOther, which would ask for the request, and that is over when the database answers.
        return Uni.createFrom()
                .item(RestResponse.ResponseBuilder.<String>create(Status.SEE_OTHER)
                        .header(HttpHeaders.LOCATION, path)
                        .build());
    }

    /** Names one rendering of a form, so that pressing its button twice counts once. */
    static String newKey() {
        return UUID.randomUUID().toString();
    }
}
