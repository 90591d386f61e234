package io.obstat.decision.inbox;

import io.obstat.decision.webauthn.KeyRing;
import io.obstat.decision.webauthn.Occasion;
import io.obstat.decision.webauthn.Refusal;
import io.obstat.decision.webauthn.StepUp;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Where a person registers, sees and removes their security keys. */
@Path("/inbox/keys")
@Produces(MediaType.TEXT_HTML)
public class KeyPages {

    private final KeyRing keys;
    private final StepUp stepUp;
    private final Readers readers;

    KeyPages(KeyRing keys, StepUp stepUp, Readers readers) {
        this.keys = keys;
        this.stepUp = stepUp;
        this.readers = readers;
    }

    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<String>> list() {
        return page(Status.OK, readers.current(), null).onFailure().recoverWithUni(Pages::unavailable);
    }

    /** Says how to go on towards another key: ask one that is there, or make it. */
    @POST
    @Path("step-up")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<KeyQuestion> beginToAdd(@RestForm @Nullable String assertion) {
        Reader reader = readers.current();
        return keys.begin(reader.holder(), reader.visitor().name().text(), assertion)
                .map(KeyQuestion::of)
                .onFailure()
                .recoverWithItem(KeyQuestion::unavailable);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<RestResponse<String>> add(@RestForm @Nullable String label, @RestForm @Nullable String attestation) {
        Reader reader = readers.current();
        return keys.add(reader.holder(), label, attestation)
                .chain(refusal -> answer(refusal, reader))
                .onFailure()
                .recoverWithUni(Pages::unavailable);
    }

    /** Says which keys to ask before one is removed. */
    @POST
    @Path("{credentialId}/step-up")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<KeyQuestion> beginToRemove(@RestPath String credentialId) {
        Reader reader = readers.current();
        return stepUp.begin(reader.holder(), new Occasion.RemovingKey(credentialId))
                .map(KeyQuestion::of)
                .onFailure()
                .recoverWithItem(KeyQuestion::unavailable);
    }

    @POST
    @Path("{credentialId}/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<RestResponse<String>> remove(@RestPath String credentialId, @RestForm @Nullable String assertion) {
        Reader reader = readers.current();
        return keys.remove(reader.holder(), credentialId, assertion)
                .chain(refusal -> answer(refusal, reader))
                .onFailure()
                .recoverWithUni(Pages::unavailable);
    }

    private Uni<RestResponse<String>> answer(Optional<Refusal> refusal, Reader reader) {
        return refusal.map(no ->
                        page(Status.FORBIDDEN, reader, Reply.refused(no.sentence() + " No key was added or removed.")))
                .orElseGet(() -> Pages.seeOther("/inbox/keys"));
    }

    private Uni<RestResponse<String>> page(Status status, Reader reader, @Nullable Reply reply) {
        return keys.of(reader.holder())
                .chain(found -> Pages.html(status, Templates.keys(KeyPage.of(found), reply, reader.visitor())));
    }
}
