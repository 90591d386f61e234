package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import io.obstat.decision.directory.Groups;
import io.obstat.decision.directory.Groups.Group;
import io.obstat.decision.directory.Provisioned;
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

/** The groups that an identity provider provisions; policy names them by displayName. SPEC: RFC 7644 §3. */
@Path("/scim/v2/Groups")
@Consumes({ScimDoor.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@Produces({ScimDoor.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@Tag(name = "scim")
public class ScimGroups {

    private static final String EXCLUDED = "excludedAttributes";
    private static final String MEMBERS = "members";

    /** Each may have 100,000 members. SPEC: RFC 7644 §3.4.2.4, an answer may have fewer than count. */
    private static final int LARGEST_PAGE_WITH_MEMBERS = 10;

    private final ScimDoor door;
    private final Answers answers;
    private final Groups groups;

    ScimGroups(ScimDoor door, Answers answers, Groups groups) {
        this.door = door;
        this.answers = answers;
        this.groups = groups;
    }

    @GET
    @Operation(summary = "Groups, the oldest first", operationId = "scimGroups")
    @APIResponse(responseCode = "400", description = "A filter other than displayName, externalId or id with eq")
    public Uni<Response> list(
            @Parameter(description = "displayName, externalId or id, with eq") @QueryParam("filter") @Nullable
                    String filter,
            @QueryParam("startIndex") @Nullable String startIndex,
            @Parameter(description = "0 to 200, 100 by default; with members, at most 10 are answered")
                    @QueryParam("count")
                    @Nullable
                    String count,
            @Parameter(description = "members, to leave them out") @QueryParam(EXCLUDED) @Nullable String excluded) {
        return door.open(() -> {
            Query query = Query.of("displayName", filter, startIndex, count);
            boolean withMembers = !Resources.leavesOut(excluded, MEMBERS);
            int most = withMembers ? Math.min(query.count(), LARGEST_PAGE_WITH_MEMBERS) : query.count();
            return groups.list(query.criterion(), query.first(), most, withMembers)
                    .map(page -> answers.list(query, page, group -> tree(group, withMembers)));
        });
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One group", operationId = "scimGroup")
    @APIResponse(responseCode = "404", description = "There is none with this id")
    public Uni<Response> group(
            @PathParam("id") String id,
            @Parameter(description = "members, to leave them out") @QueryParam(EXCLUDED) @Nullable String excluded) {
        return door.open(() -> {
            boolean withMembers = !Resources.leavesOut(excluded, MEMBERS);
            return groups.find(id, withMembers)
                    .map(found -> found.map(group -> ScimDoor.ok(tree(group, withMembers)))
                            .orElseThrow(() -> Answers.unknown("group", id)));
        });
    }

    @POST
    @Operation(summary = "Make a group", operationId = "scimCreateGroup")
    @APIResponse(responseCode = "201", description = "It is in the directory")
    @APIResponse(responseCode = "409", description = "Another group has the displayName")
    public Uni<Response> create(byte @Nullable [] body) {
        return door.open(() -> groups.create(GroupResource.sent(body)).map(group -> {
            ObjectNode tree = tree(group, true);
            return Response.created(
                            URI.create(tree.path("meta").path("location").asText()))
                    .entity(Json.write(tree))
                    .type(ScimDoor.MEDIA_TYPE)
                    .build();
        }));
    }

    @PUT
    @Path("/{id}")
    @Operation(summary = "Replace a group", operationId = "scimReplaceGroup")
    public Uni<Response> replace(@PathParam("id") String id, byte @Nullable [] body) {
        return door.open(() -> {
            Group sent = GroupResource.sent(body);
            return groups.change(id, before -> sent).map(group -> ScimDoor.ok(tree(group, true)));
        });
    }

    @PATCH
    @Path("/{id}")
    @Operation(
            summary = "Change a group",
            description = "The answer has no body: a group may have very many members.",
            operationId = "scimPatchGroup")
    @APIResponse(responseCode = "204", description = "Done")
    public Uni<Response> patch(@PathParam("id") String id, byte @Nullable [] body) {
        return door.open(() -> groups.change(id, before -> GroupResource.patched(before, body))
                .map(group -> Response.noContent().build()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Remove a group", operationId = "scimDeleteGroup")
    @APIResponse(responseCode = "204", description = "Nobody is in it any more")
    public Uni<Response> delete(@PathParam("id") String id) {
        return door.open(
                () -> groups.delete(id).map(gone -> Response.noContent().build()));
    }

    private ObjectNode tree(Provisioned<Group> group, boolean withMembers) {
        ObjectNode tree = GroupResource.tree(group.content());
        if (!withMembers) {
            tree.remove(MEMBERS);
        }
        return answers.resource(tree, GroupResource.SCHEMA, "Group", group);
    }
}
