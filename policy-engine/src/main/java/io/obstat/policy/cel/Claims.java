package io.obstat.policy.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Set;
import java.util.stream.Stream;

/** How a condition uses what the agent merely claims. */
final class Claims {

    private static final Set<String> BOTH_OR_EITHER = Set.of("_&&_", "_||_");
    private static final Set<String> TESTS = Set.of("_==_", "@in", "contains", "startsWith", "endsWith", "matches");
    private static final Set<String> VALUES = Set.of("_[_]", "lowerAscii");

    private Claims() {}

    /** Whether a part of it reads a claim. */
    static boolean readBy(CelExpr expression) {
        return CelNavigableExpr.fromExpr(expression)
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(node -> node.getKind() == Kind.IDENT)
                .map(node -> node.ident().name())
                .anyMatch(name -> name.equals(Language.CLAIMED) || name.equals("." + Language.CLAIMED));
    }

    /**
     * Whether a claim can make the condition apply but never keep it from applying: claims stand only in tests that hold when something is claimed,
     * and the tests are joined by nothing but {@code &&}, {@code ||} and {@code exists}. What is not known to be so is not.
     */
    static boolean onlyAddTo(CelExpr condition) {
        if (!readBy(condition)) {
            return true;
        }
        return switch (condition.getKind()) {
            case CALL -> {
                String function = condition.call().function();
                yield BOTH_OR_EITHER.contains(function) && operands(condition).allMatch(Claims::onlyAddTo)
                        || TESTS.contains(function) && operands(condition).allMatch(Claims::isValue);
            }
            case SELECT ->
                condition.select().testOnly() && isValue(condition.select().operand());
            case COMPREHENSION -> onlyAddTo(condition.comprehension());
            default -> false;
        };
    }

    /** {@code exists}: with one element more it holds no less often. */
    private static boolean onlyAddTo(CelComprehension loop) {
        return loop.iterRange().getKind() == Kind.SELECT
                && isValue(loop.iterRange())
                && loop.loopStep().getKind() == Kind.CALL
                && loop.loopStep().call().function().equals("_||_")
                && onlyAddTo(loop.loopStep());
    }

    /** A claim itself or something of it, such as {@code claimed.links[0].href.lowerAscii()}; nothing that was found out about one. */
    private static boolean isValue(CelExpr expression) {
        if (!readBy(expression)) {
            return true;
        }
        return switch (expression.getKind()) {
            case IDENT -> true;
            case SELECT ->
                !expression.select().testOnly() && isValue(expression.select().operand());
            case LIST -> expression.list().elements().stream().allMatch(Claims::isValue);
            case CALL ->
                VALUES.contains(expression.call().function())
                        && operands(expression).allMatch(Claims::isValue);
            default -> false;
        };
    }

    private static Stream<CelExpr> operands(CelExpr call) {
        return Stream.concat(call.call().target().stream(), call.call().args().stream());
    }
}
