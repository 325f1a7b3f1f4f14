package social.coral.models;

/** The body of a response is valid JSON and not an answer of its provider. */
final class NoAnswer extends RuntimeException {

    NoAnswer() {
        super(null, null, false, false);
    }
}
