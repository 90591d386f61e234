package io.obstat.sdk;

/** An answer that decision-service did not sign, or that contradicts what it signed. Treat it as an attack: run nothing, tell a person. */
public final class UntrustedException extends ObstatException {

    private static final long serialVersionUID = 1L;

    public UntrustedException(String problem) {
        super(problem + ". Run nothing; check the addresses, the issuer and who else writes there.");
    }

    public UntrustedException(String problem, Throwable cause) {
        super(problem + ". Run nothing; check the addresses, the issuer and who else writes there.", cause);
    }
}
