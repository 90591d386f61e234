package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import io.obstat.decision.directory.Provisioned;
import io.obstat.decision.directory.Users;
import io.obstat.decision.directory.Users.User;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The people whom an identity provider provisions. SPEC: RFC 7644 §3. */
@Path("/scim/v2/Users")
@Consumes({ScimDoor.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@Produces({ScimDoor.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@Tag(name = "scim")
public class ScimUsers {

    private final ScimDoor door;
    private final Answers answers;
    private final Users users;

    ScimUsers(ScimDoor door, Answers answers, Users users) {
        this.door = door;
        this.answers = answers;
        this.users = users;
    }

    @GET
    @Operation(summary = "Users, the oldest first", operationId = "scimUsers")
    @APIResponse(responseCode = "400", description = "A filter other than userName, externalId or id with eq")
    public Uni<Response> list(
            @Parameter(description = "userName, externalId or id, with eq") @QueryParam("filter") @Nullable
                    String filter,
            @QueryParam("startIndex") @Nullable String startIndex,
            @Parameter(description = "0 to 200, 100 by default") @QueryParam("count") @Nullable String count) {
        return door.open(() -> {
            Query query = Query.of("userName", filter, startIndex, count);
            return users.list(query.criterion(), query.first(), query.count())
                    .map(page -> answers.list(query, page, this::tree));
        });
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One user", operationId = "scimUser")
    @APIResponse(responseCode = "404", description = "There is none with this id, or no longer")
    public Uni<Response> user(@PathParam("id") String id) {
        return door.open(() -> users.find(id)
                .map(found ->
                        found.map(user -> ScimDoor.ok(tree(user))).orElseThrow(() -> Answers.unknown("user", id))));
    }

    @POST
    @Operation(
            summary = "Take a user in",
            description = "Who was deleted comes back under their old id.",
            operationId = "scimCreateUser")
    @APIResponse(responseCode = "201", description = "They are in the directory")
    @APIResponse(responseCode = "409", description = "Another person has the userName or a key")
    public Uni<Response> create(byte @Nullable [] body) {
        return door.open(() -> users.create(UserResource.sent(body)).map(user -> {
            ObjectNode tree = tree(user);
            return Response.created(
                            URI.create(tree.path("meta").path("location").asText()))
                    .entity(Json.write(tree))
                    .type(ScimDoor.MEDIA_TYPE)
                    .build();
        }));
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Replace a user",
            description = "Who says nothing of active leaves it as it was.",
            operationId = "scimReplaceUser")
    @APIResponse(responseCode = "409", description = "Another person has the userName or a key")
    public Uni<Response> replace(@PathParam("id") String id, byte @Nullable [] body) {
        return door.open(() ->
                users.change(id, before -> UserResource.replaced(before, body)).map(user -> ScimDoor.ok(tree(user))));
    }

    @PATCH
    @Path("/{id}")
    @Operation(summary = "Change a user", operationId = "scimPatchUser")
    @APIResponse(responseCode = "409", description = "Another person has the userName or a key")
    public Uni<Response> patch(@PathParam("id") String id, byte @Nullable [] body) {
        return door.open(() ->
                users.change(id, before -> UserResource.patched(before, body)).map(user -> ScimDoor.ok(tree(user))));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Let a user go",
            description = "Their keys are remembered, so that a token they still hold is worth nothing.",
            operationId = "scimDeleteUser")
    @APIResponse(responseCode = "204", description = "They have no rights any more")
    public Uni<Response> delete(@PathParam("id") String id) {
        return door.open(() -> users.delete(id).map(gone -> Response.noContent().build()));
    }

    private ObjectNode tree(Provisioned<User> user) {
        return answers.resource(Resources.stored(user.content().document()), UserResource.SCHEMA, "User", user);
    }
}
