package io.obstat.decision.webauthn;

/** Why an answer of a key is not taken. */
public enum Refusal {
    UNREADABLE("No answer of a security key came with this; only a script of this page can ask for one."),
    SPENT("This answer of a security key was used before, or is older than %d minutes."
            .formatted(Challenges.LIFETIME.toMinutes())),
    FOR_SOMETHING_ELSE(
            "This answer of a security key was given for something else: another person, request, verb or reason."),
    NOT_YOURS("This is not one of your security keys here. Use one that you registered, and have not removed."),
    NOT_VERIFIED("The security key did not check that it is you, by a PIN, a fingerprint or a face."),
    COPIED(
            "The security key's counter went back, so there may be a copy of it. Remove this key and tell whoever runs Obstat."),
    INVALID("The answer of the security key is not valid for this site."),
    REGISTERED_BEFORE("This security key is registered already, or another one was at the same moment."),
    UNNAMED("A security key needs a name of at most %d characters.".formatted(SecurityKey.LONGEST_LABEL)),
    TOO_MANY("You have %d security keys, and no more are kept. Remove one first.".formatted(KeyRing.MOST));

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    /** For the person, in full sentences. */
    public String sentence() {
        return sentence;
    }
}
