package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this SCIM server can do. SPEC: RFC 7644 §4. */
@Path("/scim/v2")
@Produces({ScimDoor.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@Tag(name = "scim")
public class ScimDiscovery {

    private static final String FILE = "/scim/discovery.json";

    private final ScimDoor door;
    private final JsonNode discovery;

    ScimDiscovery(ScimDoor door, Answers answers) {
        this.door = door;
        this.discovery = read(answers.base());
    }

    @GET
    @Path("/ServiceProviderConfig")
    @Operation(summary = "What is supported", operationId = "scimServiceProviderConfig")
    public Uni<Response> config() {
        return door.open(() -> Uni.createFrom().item(ScimDoor.ok(discovery.path("serviceProviderConfig"))));
    }

    @GET
    @Path("/ResourceTypes")
    @Operation(summary = "Which resources there are", operationId = "scimResourceTypes")
    public Uni<Response> types() {
        return door.open(() -> Uni.createFrom().item(all("resourceTypes")));
    }

    @GET
    @Path("/ResourceTypes/{id}")
    @Operation(summary = "One kind of resource", operationId = "scimResourceType")
    public Uni<Response> type(@PathParam("id") String id) {
        return door.open(() -> Uni.createFrom().item(one("resourceTypes", "resource type", id)));
    }

    @GET
    @Path("/Schemas")
    @Operation(summary = "Which attributes mean something here", operationId = "scimSchemas")
    public Uni<Response> schemas() {
        return door.open(() -> Uni.createFrom().item(all("schemas")));
    }

    @GET
    @Path("/Schemas/{id}")
    @Operation(summary = "One schema", operationId = "scimSchema")
    public Uni<Response> schema(@PathParam("id") String id) {
        return door.open(() -> Uni.createFrom().item(one("schemas", "schema", id)));
    }

    private Response all(String kind) {
        ArrayNode resources = JsonNodeFactory.instance.arrayNode();
        discovery.path(kind).forEach(resources::add);
        return Answers.list(resources, resources.size(), 1);
    }

    private Response one(String kind, String name, String id) {
        for (JsonNode resource : discovery.path(kind)) {
            if (resource.path("id").asText().equals(id)) {
                return ScimDoor.ok(resource);
            }
        }
        throw Answers.unknown(name, id);
    }

    private static JsonNode read(String base) {
        try (InputStream file = Objects.requireNonNull(ScimDiscovery.class.getResourceAsStream(FILE), FILE)) {
            ObjectNode discovery = Json.readStrict(file.readAllBytes(), ObjectNode.class);
            locate((ObjectNode) discovery.path("serviceProviderConfig"), base + "/ServiceProviderConfig");
            discovery
                    .path("resourceTypes")
                    .forEach(type -> locate(
                            (ObjectNode) type,
                            base + "/ResourceTypes/" + type.path("id").asText()));
            discovery
                    .path("schemas")
                    .forEach(schema -> locate(
                            (ObjectNode) schema,
                            base + "/Schemas/" + schema.path("id").asText()));
            return discovery;
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " is no part of this build", e);
        }
    }

    private static void locate(ObjectNode resource, String location) {
        ((ObjectNode) resource.path("meta")).put("location", location);
    }
}
