package io.obstat.contracts;

import static io.obstat.contracts.ServiceName.AGENT;
import static io.obstat.contracts.ServiceName.AUDIT_LEDGER;
import static io.obstat.contracts.ServiceName.DECISION_SERVICE;
import static io.obstat.contracts.ServiceName.NOTIFIER;
import static io.obstat.contracts.ServiceName.PIPELINE;
import static io.obstat.contracts.ServiceName.POLICY_ENGINE;
import static io.obstat.contracts.ServiceName.REQUEST_INTAKE;

import io.obstat.contracts.Topic.Cleanup;
import io.obstat.contracts.event.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one place that names the topics. The launcher, the broker ACLs, the AsyncAPI document and the architecture test come from it.
 * Configuration names a topic as a string; a test holds each such string against this list.
 */
public final class Topics {

    /** Partitions of every topic that carries actions. Raising it moves actions between partitions: only for a new cluster. */
    public static final int PARTITIONS = 4;

    private static final Cleanup A_YEAR = new Cleanup.After(Duration.ofDays(365));
    private static final Cleanup A_MONTH = new Cleanup.After(Duration.ofDays(30));
    private static final String ACTION_ID = "action id";

    public static final Topic INTENTS = new Topic(
            "obstat.intents",
            "Requests of pipelines, not yet authenticated: each a JWS by a registered agent key.",
            "any",
            PIPELINE,
            Set.of(REQUEST_INTAKE, AUDIT_LEDGER),
            List.of(EventType.ACTION_INTENT),
            PARTITIONS,
            A_MONTH);

    public static final Topic ACTIONS = events(
            "obstat.actions",
            "Authenticated requests and their withdrawals.",
            REQUEST_INTAKE,
            Set.of(POLICY_ENGINE, DECISION_SERVICE, AUDIT_LEDGER),
            EventType.ACTION_REQUESTED,
            EventType.ACTION_WITHDRAWN);

    public static final Topic VERDICTS = events(
            "obstat.verdicts",
            "What policy says to each request.",
            POLICY_ENGINE,
            Set.of(DECISION_SERVICE, NOTIFIER, AUDIT_LEDGER),
            EventType.APPROVAL_REQUIRED,
            EventType.AUTO_ALLOWED,
            EventType.AUTO_DENIED);

    public static final Topic REVIEWS = events(
            "obstat.reviews",
            "What people clicked in a channel, before anyone has said whether it counts.",
            NOTIFIER,
            Set.of(DECISION_SERVICE, AUDIT_LEDGER),
            EventType.REVIEW_SUBMITTED);

    public static final Topic APPROVALS = events(
            "obstat.approvals",
            "The life of each approval, and what people still owe it once it is decided.",
            DECISION_SERVICE,
            Set.of(POLICY_ENGINE, NOTIFIER, AUDIT_LEDGER),
            EventType.APPROVAL_OPENED,
            EventType.REVIEW_RECORDED,
            EventType.REVIEW_REFUSED,
            EventType.APPROVAL_CLAIMED,
            EventType.APPROVAL_RELEASED,
            EventType.APPROVAL_ESCALATED,
            EventType.APPROVAL_REMINDED,
            EventType.QUESTION_ASKED,
            EventType.QUESTION_ANSWERED,
            EventType.REASSESSMENT_REQUESTED,
            EventType.NOBODY_REACHED,
            EventType.GLASS_BROKEN,
            EventType.GLASS_SIGNED,
            EventType.GLASS_OVERDUE);

    public static final Topic DECISIONS = events(
            "obstat.decisions",
            "The one terminal decision of each action, signed, and its revocation.",
            DECISION_SERVICE,
            Set.of(AGENT, REQUEST_INTAKE, NOTIFIER, AUDIT_LEDGER),
            EventType.DECISION,
            EventType.DECISION_REVOKED);

    public static final Topic EXECUTIONS = events(
            "obstat.executions",
            "What became of each grant.",
            DECISION_SERVICE,
            Set.of(NOTIFIER, AUDIT_LEDGER),
            EventType.GRANT_REDEEMED,
            EventType.GRANT_MISUSED,
            EventType.ACTION_EXECUTED,
            EventType.RUN_OVERDUE);

    public static final Topic NOTIFICATIONS = events(
            "obstat.notifications",
            "Who was told, who could not be, and which cards were rewritten.",
            NOTIFIER,
            Set.of(DECISION_SERVICE, AUDIT_LEDGER),
            EventType.NOTIFIED,
            EventType.NOTIFICATION_FAILED,
            EventType.CARD_UPDATED);

    public static final Topic POLICIES = new Topic(
            "obstat.policies",
            "The policy set in force, by name.",
            "policy set name",
            POLICY_ENGINE,
            Set.of(DECISION_SERVICE, AUDIT_LEDGER),
            List.of(EventType.POLICY_SET_ACTIVATED),
            PARTITIONS,
            new Cleanup.Compacted());

    public static final Topic LEDGER_ENTRIES = new Topic(
            "obstat.ledger.entries",
            "The ledger itself, the authority: one RFC 6962 log a partition, entries in order. Nothing can remove one.",
            "log and sequence",
            AUDIT_LEDGER,
            Set.of(AUDIT_LEDGER),
            List.of(),
            PARTITIONS,
            new Cleanup.Never());

    public static final Topic LEDGER_ACTIONS = new Topic(
            "obstat.ledger.actions",
            "The current view of each action, with the entry it rests on.",
            ACTION_ID,
            AUDIT_LEDGER,
            Set.of(AUDIT_LEDGER),
            List.of(),
            PARTITIONS,
            new Cleanup.Compacted());

    private static final List<Topic> EVENT_TOPICS =
            List.of(INTENTS, ACTIONS, VERDICTS, REVIEWS, APPROVALS, DECISIONS, EXECUTIONS, NOTIFICATIONS, POLICIES);

    private static final List<Topic> ALL = Stream.concat(
                    Stream.concat(EVENT_TOPICS.stream(), Stream.of(LEDGER_ENTRIES, LEDGER_ACTIONS)),
                    EVENT_TOPICS.stream().map(Topic::deadLetters).flatMap(java.util.Optional::stream))
            .toList();

    private Topics() {}

    /** The topics that carry events, in the order in which an action flows through them. */
    public static List<Topic> eventTopics() {
        return EVENT_TOPICS;
    }

    /** Every topic, dead letters included: what a new cluster needs. */
    public static List<Topic> all() {
        return ALL;
    }

    /** The one topic in which events of this type lie. */
    public static Topic of(EventType type) {
        return EVENT_TOPICS.stream()
                .filter(topic -> topic.events().contains(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No topic carries " + type + "; add it to Topics"));
    }

    private static Topic events(
            String name, String description, ServiceName writer, Set<ServiceName> readers, EventType... events) {
        return new Topic(name, description, ACTION_ID, writer, readers, List.of(events), PARTITIONS, A_YEAR);
    }
}
