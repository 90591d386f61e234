package io.obstat.decision.http;

/** The access token is bound to a key, and the call does not prove that whoever sends it holds the key. SPEC: RFC 9449 §7.2. */
final class UnprovenTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
