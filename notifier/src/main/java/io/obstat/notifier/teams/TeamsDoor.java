package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.bot.schema.Activity;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where the Bot Connector brings activities. What is not certain to come from it, for us and for the first time, goes no further. */
public final class TeamsDoor {

    private static final Logger LOG = Logger.getLogger(TeamsDoor.class);
    /** The SDK's own adapter reads by reflection, and takes longer than all checks. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final int SERVER_ERROR = 500;

    private final Callers callers;
    private final TeamsBot bot;

    TeamsDoor(Callers callers, TeamsBot bot) {
        this.callers = callers;
        this.bot = bot;
    }

    /** What the caller gets: a status, and for an invoke a body. */
    public record Answer(int status, @Nullable JsonNode body) {}

    /**
     * Takes an activity in. Does not fail.
     *
     * @param authorization the header, if there is one
     * @param body as it arrived
     */
    public CompletionStage<Answer> knock(@Nullable String authorization, byte[] body) {
        Activity activity;
        try {
            activity = JSON.readValue(body, Activity.class);
        } catch (IOException e) {
            LOG.warnf(
                    "What came to Teams' door is no activity: %s", e.getClass().getSimpleName());
            return CompletableFuture.completedFuture(new Answer(400, null));
        }
        if (activity == null) {
            return CompletableFuture.completedFuture(new Answer(400, null));
        }
        return callers.admit(authorization, activity).thenCompose(admission -> switch (admission) {
            case Admission.Refused refused -> {
                LOG.warnf("An activity at Teams' door was refused by the rule %s: %s", refused.rule(), refused.why());
                yield CompletableFuture.completedFuture(new Answer(refused.status(), null));
            }
            case Admission.Accepted(Caller caller) -> turn(caller, activity);
        });
    }

    private CompletionStage<Answer> turn(Caller caller, Activity activity) {
        JsonNode value = Outgoing.tree(activity.getValue());
        return bot.turn(caller, activity, value).thenApply(body -> {
            // It may come again, and must not be taken for a repeat then: somebody has clicked.
            if (body != null && body.path("statusCode").asInt() >= SERVER_ERROR) {
                callers.unanswered(caller);
            }
            return new Answer(200, body);
        });
    }
}
