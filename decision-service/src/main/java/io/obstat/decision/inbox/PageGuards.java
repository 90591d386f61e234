package io.obstat.decision.inbox;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** What holds for every page of the inbox: forms come from our own pages, and a page runs and shows nothing that is not ours. */
public class PageGuards {

    private static final String POLICY = """
            default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
            form-action 'self'; base-uri 'none'; frame-ancestors 'none'""";

    /** Refuses a form that another site made the browser post. */
    @ServerRequestFilter
    public @Nullable Response refuseForeignForms(ContainerRequestContext request) {
        if (!isInbox(request) || !request.getMethod().equals("POST")) {
            return null;
        }
        boolean ours = SameOrigin.allows(
                request.getHeaderString("Sec-Fetch-Site"),
                request.getHeaderString("Origin"),
                request.getHeaderString(HttpHeaders.HOST));
        return ours
                ? null
                : Response.status(Response.Status.FORBIDDEN)
                        .type(MediaType.TEXT_PLAIN_TYPE)
                        .entity(
                                "This form was not posted by a page of Obstat, so nothing was done. Open /inbox and decide there,"
                                        + " or use POST /v1/approvals/{actionId}/reviews with a bearer token.")
                        .build();
    }

    @ServerResponseFilter
    public void protect(ContainerRequestContext request, ContainerResponseContext response) {
        if (isInbox(request)) {
            MultivaluedMap<String, Object> headers = response.getHeaders();
            headers.putSingle("Content-Security-Policy", POLICY);
            headers.putSingle("X-Content-Type-Options", "nosniff");
            headers.putSingle("Referrer-Policy", "same-origin");
            headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
            headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private static boolean isInbox(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return path.equals("/inbox") || path.startsWith("/inbox/");
    }
}
