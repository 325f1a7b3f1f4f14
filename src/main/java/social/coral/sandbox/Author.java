package social.coral.sandbox;

import java.util.List;

/**
 * An author in the sandbox.
 *
 * @param number the index in the list of authors, which is part of the ids of the author's posts
 * @param hoursAhead the author's UTC offset
 * @param postsADay the number of posts every day
 * @param site the host name of the author's links
 */
record Author(
        int number,
        Account account,
        State state,
        String lang,
        int hoursAhead,
        Rhythm rhythm,
        int postsADay,
        int repliesPercent,
        List<String> emoji,
        String site,
        List<Topic> topics,
        List<Phrase> asides,
        List<Phrase> answers) {

    /** Whether the author's posts are public. */
    enum State {
        ACTIVE,
        PROTECTED,
        SUSPENDED
    }

    String handle() {
        return account.handle();
    }

    /** The separator between two sentences. */
    String gap() {
        return lang.equals("ja") ? "" : " ";
    }

    long seed() {
        return account.id();
    }
}
