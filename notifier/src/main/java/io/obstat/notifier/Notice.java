package io.obstat.notifier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Required;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a recipient is told, whatever the channel. No notice carries a grant or a token: whoever reads one may know, not act.
 */
public sealed interface Notice {

    /** What it is about. */
    Subject subject();

    @JsonIgnore
    Kind kind();

    /** What kinds there are, and their names in configuration and on the wire. */
    enum Kind {
        APPROVAL_REQUIRED("approval.required", Wanted.class),
        APPROVAL_OPENED("approval.opened", Opened.class),
        APPROVAL_REVIEWED("approval.reviewed", Reviewed.class),
        ACTION_DECIDED("action.decided", Decided.class);

        private final String wireName;
        private final Class<? extends Notice> record;

        Kind(String wireName, Class<? extends Notice> record) {
            this.wireName = wireName;
            this.record = record;
        }

        /** Such as {@code approval.required}. Never changes once released. */
        public String wireName() {
            return wireName;
        }

        /** The record that says it. */
        public Class<? extends Notice> record() {
            return record;
        }

        public static Optional<Kind> named(String wireName) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName.equals(wireName))
                    .findFirst();
        }
    }

    /**
     * Which action, and which event about it.
     *
     * @param actionId the action
     * @param shortId what people call it
     * @param about the event that gave rise to the notice
     * @param at when that was
     * @param link where a person can read everything and decide
     */
    record Subject(ActionId actionId, String shortId, EventId about, Instant at, URI link) {

        public Subject {
            Required.present("actionId", actionId);
            Required.text("shortId", shortId, 10);
            Required.present("about", about);
            Required.present("at", at);
            Required.present("link", link);
        }
    }

    /**
     * Who, what, where and why. What authentication proved and what the agent merely says are kept apart.
     *
     * @param digest what a review has to name
     * @param action the exact inputs, whole
     * @param verified what authentication proved
     * @param claimed what the agent says; to be quoted and labelled
     */
    record Facts(ActionDigest digest, Action action, Verified verified, Claimed claimed) {

        public Facts {
            Required.present("digest", digest);
            Required.present("action", action);
            Required.present("verified", verified);
            Required.present("claimed", claimed);
        }
    }

    /**
     * People are asked. The title is policy's, never the agent's.
     *
     * @param assessment title, risk, the rules that asked and why
     * @param requirement who has to approve
     * @param answerBy after this moment an answer is late
     */
    record Wanted(Subject subject, Facts facts, Assessment assessment, Requirement requirement, Instant answerBy)
            implements Notice {

        public Wanted {
            Required.present("subject", subject);
            Required.present("facts", facts);
            Required.present("assessment", assessment);
            Required.present("requirement", requirement);
            Required.present("answerBy", answerBy);
        }

        @Override
        public Kind kind() {
            return Kind.APPROVAL_REQUIRED;
        }
    }

    /** From now on reviews count, until {@code expiresAt}. */
    record Opened(Subject subject, ActionDigest digest, Requirement requirement, Instant expiresAt) implements Notice {

        public Opened {
            Required.present("subject", subject);
            Required.present("digest", digest);
            Required.present("requirement", requirement);
            Required.present("expiresAt", expiresAt);
        }

        @Override
        public Kind kind() {
            return Kind.APPROVAL_OPENED;
        }
    }

    /** Someone's review counted; {@code progress} says what is still missing. */
    record Reviewed(Subject subject, Review review, List<SlotProgress> progress) implements Notice {

        public Reviewed {
            Required.present("subject", subject);
            Required.present("review", review);
            progress = Required.list("progress", progress, 8);
        }

        @Override
        public Kind kind() {
            return Kind.APPROVAL_REVIEWED;
        }
    }

    /** It is decided. */
    record Decided(Subject subject, ActionDigest digest, AgentId agent, Ending ending, List<Review> reviews)
            implements Notice {

        public Decided {
            Required.present("subject", subject);
            Required.present("digest", digest);
            Required.present("agent", agent);
            Required.present("ending", ending);
            reviews = Required.list("reviews", reviews, 20);
        }

        @Override
        public Kind kind() {
            return Kind.ACTION_DECIDED;
        }
    }

    /**
     * How it ended, and why.
     *
     * @param outcome how it ended
     * @param decidedBy who or what ended it
     * @param reason the sentence that the agent was given
     * @param retryNotBefore until when the agent was asked to hold back
     */
    record Ending(
            Outcome outcome,
            DecidedBy decidedBy,
            String reason,
            @Nullable Instant retryNotBefore) {

        public Ending {
            Required.present("outcome", outcome);
            Required.present("decidedBy", decidedBy);
            Required.text("reason", reason, 2_000);
        }
    }
}
