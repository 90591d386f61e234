package io.obstat.decision.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Grant;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalState.CaseFile;
import io.obstat.decision.ApprovalState.Glass;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Refused;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.ApprovalView;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A row of {@code decision.approvals}: the state as a document, beside the few columns that a query or a person at the database needs. */
@Entity
@Table(schema = "decision", name = "approvals")
class ApprovalRow {

    private static final Logger LOG = Logger.getLogger(ApprovalRow.class);

    @Id
    @Column(name = "action_id")
    String actionId;

    @Version
    @Column(name = "version")
    long version;

    @Column(name = "state")
    String state;

    @Column(name = "document")
    String document;

    @Column(name = "agent")
    @Nullable
    String agent;

    @Column(name = "asked")
    boolean asked;

    @Column(name = "grant_id")
    @Nullable
    String grantId;

    @Column(name = "opened_at")
    @Nullable
    Instant openedAt;

    @Column(name = "expires_at")
    @Nullable
    Instant expiresAt;

    @Column(name = "decided_at")
    @Nullable
    Instant decidedAt;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "asked_groups")
    String[] askedGroups;

    @Column(name = "due_at")
    @Nullable
    Instant dueAt;

    @Column(name = "digest")
    @Nullable
    String digest;

    @Column(name = "alike")
    @Nullable
    String alike;

    @Column(name = "plan")
    @Nullable
    String plan;

    @Column(name = "policy_set")
    @Nullable
    String policySet;

    @Column(name = "glass_due_at")
    @Nullable
    Instant glassDueAt;

    @Column(name = "glass_keys")
    String @Nullable [] glassKeys;

    static ApprovalRow of(ActionId id, ApprovalState state, @Nullable Instant due, Instant now) {
        var row = new ApprovalRow();
        row.actionId = id.value();
        return row.become(state, due, now);
    }

    /** @throws IllegalStateException when the document is none of ours */
    ApprovalState approvalState() {
        return StateJson.read(document);
    }

    /** The row to be read beside others: empty while no verdict has arrived, and, which is logged, when the document is none of ours. */
    Optional<ApprovalView> view() {
        try {
            return ApprovalView.of(approvalState());
        } catch (IllegalStateException e) {
            LOG.errorf("%s cannot be shown: %s", actionId, e.getMessage());
            return Optional.empty();
        }
    }

    /** @param due when time next brings something about in this state */
    ApprovalRow become(ApprovalState next, @Nullable Instant due, Instant now) {
        document = StateJson.write(next);
        asked = next.asked();
        state = ApprovalView.of(next).map(view -> view.state().wireName()).orElse("unopened");
        changedAt = now;
        dueAt = due;
        askedGroups = askedGroups(next);
        switch (next) {
            case Unopened unopened -> {}
            case Pending pending -> {
                about(pending.verdict());
                openedAt = pending.openedAt();
                expiresAt = pending.expiresAt();
            }
            case Granted granted -> {
                decided(granted.file());
                owed(granted.glass());
            }
            case Refused refused -> decided(refused.file());
        }
        return this;
    }

    /** The same state, and this is when time next brings something about in it. */
    ApprovalRow isDue(@Nullable Instant due) {
        // The column holds microseconds, and a row is not written for less.
        dueAt = due == null ? null : due.truncatedTo(ChronoUnit.MICROS);
        return this;
    }

    /** The groups whose members can decide it now. */
    private static String[] askedGroups(ApprovalState state) {
        return switch (state) {
            case Pending pending -> pending.groups().toArray(String[]::new);
            case Unopened unopened -> new String[0];
            case Granted granted -> new String[0];
            case Refused refused -> new String[0];
        };
    }

    private void decided(CaseFile file) {
        Grant grant = file.decision().grant();
        about(file.verdict());
        grantId = grant == null ? null : grant.id().value();
        openedAt = file.openedAt();
        expiresAt = file.expiresAt();
        decidedAt = file.decision().decidedAt();
    }

    private void about(Verdict verdict) {
        ActionRequested request = verdict.request();
        agent = request.verified().agent().value();
        digest = request.digest().value();
        alike = Loads.alike(request);
        plan = request.claimed().plan();
        policySet = verdict.assessment().policySet();
    }

    private void owed(@Nullable Glass glass) {
        if (glass != null && glass.missing() > 0) {
            glassDueAt = glass.dueAt();
            glassKeys = glass.by().toArray(String[]::new);
        } else {
            glassDueAt = null;
            glassKeys = null;
        }
    }
}
