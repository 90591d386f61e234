package io.obstat.policy.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.policy.Conditions;
import io.obstat.policy.Finding;
import io.obstat.policy.Finding.Reason;
import io.obstat.policy.Rule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Conditions compiled from CEL. Immutable and thread safe. */
public final class CelConditions implements Conditions {

    private final List<Compiled> conditions;
    private final Limits limits;
    private final LongSupplier processorTime;

    private record Compiled(CelRuntime.Program program, boolean readsClaims) {}

    private CelConditions(List<Compiled> conditions, Limits limits, LongSupplier processorTime) {
        this.conditions = conditions;
        this.limits = limits;
        this.processorTime = processorTime;
    }

    /**
     * Type-checks and compiles the conditions of these rules.
     *
     * @throws BadConditionException naming the first rule whose condition cannot be used
     */
    public static CelConditions compile(List<Rule> rules, Limits limits) throws BadConditionException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return compile(rules, limits, threads::getCurrentThreadCpuTime);
    }

    /** @param processorTime of the evaluating thread, in nanoseconds */
    static CelConditions compile(List<Rule> rules, Limits limits, LongSupplier processorTime)
            throws BadConditionException {
        var language = new Language(limits);
        List<Compiled> conditions = new ArrayList<>();
        for (Rule rule : rules) {
            conditions.add(compile(language, rule));
        }
        return new CelConditions(List.copyOf(conditions), limits, processorTime);
    }

    @Override
    public List<Finding> test(ActionRequested request, Instant now) {
        Map<String, Object> facts = Facts.of(request, now);
        var meter = new Meter(limits, processorTime);
        List<Finding> findings = new ArrayList<>(conditions.size());
        for (Compiled condition : conditions) {
            findings.add(meter.beginRule() ? test(condition, facts, meter) : new Finding.Undecided(Reason.TOO_COSTLY));
        }
        return findings;
    }

    private static Finding test(Compiled condition, Map<String, Object> facts, Meter meter) {
        try {
            Object result = condition.program().trace(facts, meter);
            if (!(result instanceof Boolean applies)) {
                // A condition such as action.parameters.force is of any type until it is evaluated.
                return new Finding.Undecided(Reason.WRONG_TYPE);
            }
            if (!applies) {
                return new Finding.DoesNotApply();
            }
            return condition.readsClaims() ? new Finding.AppliesByClaim() : new Finding.Applies();
        } catch (CelEvaluationException e) {
            return new Finding.Undecided(reason(e.getErrorCode()));
        } catch (Meter.TimeUp e) {
            return new Finding.Undecided(Reason.TOO_COSTLY);
        } catch (RuntimeException | StackOverflowError e) {
            // INVARIANT: whatever goes wrong in a condition, it neither allows nor stops the requests behind.
            return new Finding.Undecided(Reason.FAILED);
        }
    }

    private static Reason reason(CelErrorCode code) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND, INDEX_OUT_OF_BOUNDS -> Reason.MISSING_FIELD;
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, TYPE_NOT_FOUND -> Reason.WRONG_TYPE;
            case ITERATION_BUDGET_EXCEEDED -> Reason.TOO_COSTLY;
            case INTERNAL_ERROR, DIVIDE_BY_ZERO, DUPLICATE_ATTRIBUTE, INVALID_ARGUMENT, NUMERIC_OVERFLOW, BAD_FORMAT ->
                Reason.FAILED;
        };
    }

    private static Compiled compile(Language language, Rule rule) throws BadConditionException {
        try {
            CelAbstractSyntaxTree ast = language.compiler().compile(rule.when()).getAst();
            language.validator().validate(ast).getAst();
            boolean readsClaims = Claims.readBy(ast.getExpr());
            if (readsClaims && rule.effect() == Effect.ALLOW) {
                throw new BadConditionException(
                        rule.id(),
                        "reads what the agent merely claims, which can never support an allow; leave %s out, or use effect: require or deny"
                                .formatted(Language.CLAIMED));
            }
            // INVARIANT: a claim can add a question, never take one away.
            if (!Claims.onlyAddTo(ast.getExpr())) {
                throw new BadConditionException(
                        rule.id(),
                        "reads what the agent merely claims in a way that could take its question away; test %s with ==, in, has, contains, startsWith, endsWith, matches or exists, and without negation"
                                .formatted(Language.CLAIMED));
            }
            requireFixedPatterns(rule, ast);
            return new Compiled(language.runtime().createProgram(ast), readsClaims);
        } catch (CelValidationException e) {
            throw new BadConditionException(rule.id(), "is not a condition: " + e.getMessage());
        } catch (CelEvaluationException e) {
            throw new BadConditionException(rule.id(), "cannot be evaluated: " + e.getMessage());
        }
    }

    /** A pattern from a request would be compiled before its size is known, and its cost is the agent's to choose. */
    private static void requireFixedPatterns(Rule rule, CelAbstractSyntaxTree ast) throws BadConditionException {
        boolean computed = CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(node ->
                        node.getKind() == Kind.CALL && node.call().function().equals("matches"))
                .map(node -> node.call().args())
                .anyMatch(args -> !isConstant(args.get(args.size() - 1)));
        if (computed) {
            throw new BadConditionException(
                    rule.id(), "matches a pattern that is computed; write the pattern out, as in x.matches('^a+$')");
        }
    }

    private static boolean isConstant(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT;
    }
}
