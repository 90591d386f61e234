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
import io.obstat.contracts.Person;
import io.obstat.contracts.Required;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionExecuted;
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
    default Kind kind() {
        return Kind.of(this);
    }

    /** Until when people can decide, when it asks them to and says so. */
    default Optional<Instant> decideBy() {
        return Optional.empty();
    }

    /** What comes of a decision. */
    sealed interface Aftermath extends Notice {}

    /** What kinds there are, and their names in configuration and on the wire. */
    enum Kind {
        APPROVAL_REQUIRED("approval.required", Wanted.class),
        APPROVAL_OPENED("approval.opened", Opened.class),
        APPROVAL_REVIEWED("approval.reviewed", Reviewed.class),
        APPROVAL_CLAIMED("approval.claimed", Claim.class),
        APPROVAL_RELEASED("approval.released", Released.class),
        APPROVAL_REMINDED("approval.reminded", Reminded.class),
        APPROVAL_ESCALATED("approval.escalated", Escalated.class),
        APPROVAL_UNREACHED("approval.unreached", Unreached.class),
        QUESTION_ASKED("question.asked", Asked.class),
        QUESTION_ANSWERED("question.answered", Answered.class),
        ACTION_DECIDED("action.decided", Decided.class),
        ACTION_REVOKED("action.revoked", Revoked.class),
        GLASS_BROKEN("glass.broken", Broken.class),
        GLASS_OVERDUE("glass.overdue", Unsigned.class),
        RUN_OVERDUE("run.overdue", Unreported.class),
        ACTION_EXECUTED("action.executed", Executed.class),
        REVIEW_REFUSED("review.refused", Turned.class);

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

        /** Whether anybody may be told. The other kind is for the one person whom it is about. */
        public boolean isForAll() {
            return this != REVIEW_REFUSED;
        }

        /** The record that says it. */
        public Class<? extends Notice> record() {
            return record;
        }

        static Kind of(Notice notice) {
            return Arrays.stream(values())
                    .filter(kind -> kind.record.equals(notice.getClass()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(notice.getClass() + " has no Kind; add one"));
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
        public Optional<Instant> decideBy() {
            return Optional.of(answerBy);
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
        public Optional<Instant> decideBy() {
            return Optional.of(expiresAt);
        }
    }

    /**
     * Someone's review counted.
     *
     * @param standsFor the person whose delegate the reviewer is, when they are asked for that reason only
     * @param progress what is still missing
     */
    record Reviewed(
            Subject subject, Review review, @Nullable Person standsFor, List<SlotProgress> progress) implements Notice {

        public Reviewed {
            Required.present("subject", subject);
            Required.present("review", review);
            progress = Required.list("progress", progress, 8);
        }
    }

    /** Somebody is looking at it; others may decide all the same. */
    record Claim(Subject subject, Review review) implements Notice {

        public Claim {
            Required.present("subject", subject);
            Required.present("review", review);
        }
    }

    /** Whoever was looking at it no longer is. */
    record Released(Subject subject, Review review) implements Notice {

        public Released {
            Required.present("subject", subject);
            Required.present("review", review);
        }
    }

    /**
     * Those who have not answered are to be reminded.
     *
     * @param number of this reminder, from 1
     * @param progress what is still missing
     */
    record Reminded(Subject subject, int number, List<SlotProgress> progress) implements Notice {

        public Reminded {
            Required.present("subject", subject);
            progress = Required.list("progress", progress, 8);
        }
    }

    /**
     * Another group is asked as well, from now on.
     *
     * @param group who is to be told; 1 to 100 characters
     * @param review of the person who wanted it; absent when its time had come
     */
    record Escalated(
            Subject subject, String group, @Nullable Review review) implements Notice {

        public Escalated {
            Required.present("subject", subject);
            Required.text("group", group, 100);
        }
    }

    /** Nobody could be told that people are asked, and nobody has come of themselves. It ends without them at {@code expiresAt}. */
    record Unreached(Subject subject, Instant expiresAt) implements Notice {

        public Unreached {
            Required.present("subject", subject);
            Required.present("expiresAt", expiresAt);
        }
    }

    /** A reviewer asks the agent something: the review's {@code reason}. */
    record Asked(Subject subject, Review review) implements Notice {

        public Asked {
            Required.present("subject", subject);
            Required.present("review", review);
        }
    }

    /**
     * The agent answers.
     *
     * @param question the review that asked
     * @param claimed what the agent says; to be quoted and labelled
     */
    record Answered(Subject subject, ReviewId question, AgentId agent, Answer claimed) implements Notice {

        public Answered {
            Required.present("subject", subject);
            Required.present("question", question);
            Required.present("agent", agent);
            Required.present("claimed", claimed);
        }
    }

    /** @param answer in the agent's words; 1 to 2,000 characters */
    record Answer(String answer) {

        public Answer {
            Required.text("claimed.answer", answer, 2_000);
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
    }

    /**
     * What was allowed must not run after all.
     *
     * @param review of the person who revoked it; absent when the agent gave the grant back
     * @param reason the sentence that the agent is given; 1 to 2,000 characters
     */
    record Revoked(Subject subject, @Nullable Review review, String reason) implements Aftermath {

        public Revoked {
            Required.present("subject", subject);
            Required.text("reason", reason, 2_000);
        }
    }

    /**
     * Somebody has allowed it at once, in an emergency.
     *
     * @param owners those who answer for the agent
     * @param signedBy who has to look at it, by {@code dueAt}
     */
    record Broken(
            Subject subject,
            AgentId agent,
            Review review,
            List<Person> owners,
            Requirement.Slot signedBy,
            Instant dueAt)
            implements Aftermath {

        public Broken {
            Required.present("subject", subject);
            Required.present("agent", agent);
            Required.present("review", review);
            owners = Required.list("owners", owners, 20);
            Required.present("signedBy", signedBy);
            Required.present("dueAt", dueAt);
        }
    }

    /**
     * What was allowed in an emergency was not signed in time.
     *
     * @param by who allowed it
     * @param missing how many people still have to sign; at least 1
     */
    record Unsigned(Subject subject, Person by, int missing, Instant dueAt) implements Aftermath {

        public Unsigned {
            Required.present("subject", subject);
            Required.present("by", by);
            Required.present("dueAt", dueAt);
        }
    }

    /**
     * It was allowed, and nobody has said in time that it ran.
     *
     * @param agent whose grant it is
     * @param redeemedAt when the agent took its grant up; absent when it never did and no longer can
     */
    record Unreported(
            Subject subject, AgentId agent, @Nullable Instant redeemedAt) implements Aftermath {

        public Unreported {
            Required.present("subject", subject);
            Required.present("agent", agent);
        }
    }

    /**
     * It ran, as its agent reports.
     *
     * @param claimed what the agent says about it; to be quoted and labelled
     */
    record Executed(
            Subject subject,
            AgentId agent,
            ActionExecuted.Result result,
            @Nullable Summary claimed) implements Aftermath {

        public Executed {
            Required.present("subject", subject);
            Required.present("agent", agent);
            Required.present("result", result);
        }
    }

    /** @param summary in the agent's words; 1 to 1,000 characters */
    record Summary(String summary) {

        public Summary {
            Required.text("claimed.summary", summary, 1_000);
        }
    }

    /**
     * A review does not count. For whoever submitted it, and for nobody else.
     *
     * @param explanation why, in a sentence for them; 1 to 500 characters
     */
    record Turned(Subject subject, Review review, String explanation) implements Notice {

        public Turned {
            Required.present("subject", subject);
            Required.present("review", review);
            Required.text("explanation", explanation, 500);
        }
    }

    /**
     * How it ended, and why.
     *
     * @param outcome how it ended
     * @param decidedBy who or what ended it
     * @param reason the sentence that the agent was given
     * @param retryNotBefore until when the agent was asked to hold back
     * @param supersededBy the action whose decision counts instead; present exactly when the outcome is superseded
     */
    record Ending(
            Outcome outcome,
            DecidedBy decidedBy,
            String reason,
            @Nullable Instant retryNotBefore,
            @Nullable ActionId supersededBy) {

        public Ending {
            Required.present("outcome", outcome);
            Required.present("decidedBy", decidedBy);
            Required.text("reason", reason, 2_000);
        }
    }
}
