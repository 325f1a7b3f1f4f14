package social.coral.models;

/**
 * Is shown an answer while it is written. What it is shown is not judged: only the {@link Answer} counts, which may hold nothing of it. It is
 * called on another thread than the one that asks, and must not wait.
 */
public interface Draft {

    /** For an answer that nobody watches; it is read whole. */
    Draft UNSEEN = new Draft() {
        @Override
        public void begun() {}

        @Override
        public void added(String text) {}
    };

    /** A try begins, or only a thought of the model's has ended. What was added before is no part of the answer. */
    void begun();

    void added(String text);
}
