package io.obstat.decision.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import io.obstat.decision.directory.RefusedException;
import org.jspecify.annotations.Nullable;

/** A request that SCIM has a word for. SPEC: RFC 7644 §3.12. */
final class ScimFault extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String type;

    ScimFault(int status, @Nullable String type, String detail) {
        super(Reason.INVALID, "", detail);
        this.status = status;
        this.type = type;
    }

    static ScimFault invalidValue(String detail) {
        return new ScimFault(400, "invalidValue", detail);
    }

    static ScimFault invalidSyntax(String detail) {
        return new ScimFault(400, "invalidSyntax", detail);
    }

    static ScimFault invalidPath(String detail) {
        return new ScimFault(400, "invalidPath", detail);
    }

    static ScimFault invalidFilter(String detail) {
        return new ScimFault(400, "invalidFilter", detail);
    }

    /** What the library makes of a path, a filter or a patch. */
    static ScimFault of(ScimException e) {
        return new ScimFault(
                e.getScimError().getStatus(), e.getScimError().getScimType(), String.valueOf(e.getMessage()));
    }

    int status() {
        return status;
    }

    @Nullable
    String type() {
        return type;
    }
}
