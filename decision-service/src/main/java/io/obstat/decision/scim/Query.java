package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.node.TextNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.EqualFilter;
import com.unboundid.scim2.common.filters.Filter;
import io.obstat.contracts.Quoted;
import io.obstat.decision.directory.Criterion;
import io.obstat.decision.directory.Criterion.By;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What of a list is asked for. SPEC: RFC 7644 §3.4.2.
 *
 * @param first the place of the first one, from 0
 * @param count at most so many; 0 to {@value #LARGEST_PAGE}
 */
record Query(Criterion criterion, int first, int count) {

    static final int LARGEST_PAGE = 200;

    private static final int USUAL_PAGE = 100;
    private static final int LONGEST_FILTER = 1_000;

    /**
     * @param name the attribute that names a resource of this kind
     * @throws ScimFault when the filter is none that is served, or a number is none
     */
    static Query of(String name, @Nullable String filter, @Nullable String startIndex, @Nullable String count) {
        // SPEC: RFC 7644 §3.4.2.4, less than 1 is 1, and a negative count is 0.
        int start = Math.max(1, number("startIndex", startIndex, 1));
        int most = Math.clamp(number("count", count, USUAL_PAGE), 0, LARGEST_PAGE);
        return new Query(filter == null ? Criterion.ALL : criterion(name, filter), start - 1, most);
    }

    private static Criterion criterion(String name, String filter) {
        if (filter.length() <= LONGEST_FILTER
                && parsed(filter) instanceof EqualFilter equal
                && equal.getAttributePath().size() == 1
                && equal.getAttributePath().getElement(0).getValueFilter() == null
                && equal.getComparisonValue() instanceof TextNode value
                && !value.textValue().isEmpty()
                && value.textValue().indexOf('\0') < 0) {
            Path.Element attribute = equal.getAttributePath().getElement(0);
            By by = by(name.toLowerCase(Locale.ROOT), attribute.getAttribute().toLowerCase(Locale.ROOT));
            if (by != By.NOTHING) {
                return new Criterion(by, value.textValue());
            }
        }
        throw ScimFault.invalidFilter("filter is %s; what can be asked is %s, externalId or id, with eq and a text"
                .formatted(Quoted.of(filter), name));
    }

    private static By by(String name, String attribute) {
        if (attribute.equals(name)) {
            return By.NAME;
        }
        return switch (attribute) {
            case "externalid" -> By.EXTERNAL_ID;
            case "id" -> By.ID;
            default -> By.NOTHING;
        };
    }

    private static @Nullable Filter parsed(String filter) {
        try {
            return Filter.fromString(filter);
        } catch (ScimException e) {
            throw ScimFault.invalidFilter(String.valueOf(e.getMessage()));
        } catch (ClassCastException e) {
            // The library's answer to an object or a list as a value.
            return null;
        }
    }

    private static int number(String parameter, @Nullable String value, int absent) {
        try {
            return value == null || value.isBlank() ? absent : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw ScimFault.invalidValue("%s is %s; it must be a whole number".formatted(parameter, Quoted.of(value)));
        }
    }
}
