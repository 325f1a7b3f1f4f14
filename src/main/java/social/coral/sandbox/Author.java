package social.coral.sandbox;

import java.util.List;

/**
 * Somebody who writes in the sandbox.
 *
 * @param number the place in the list of authors, which is a part of the ids of the author's posts
 * @param hoursAhead of UTC, where the author lives
 * @param postsADay how many, always
 * @param site the name under which the author's links are
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

    /** Whether strangers can read the author. */
    enum State {
        ACTIVE,
        PROTECTED,
        SUSPENDED
    }

    String handle() {
        return account.handle();
    }

    /** What stands between two sentences. */
    String gap() {
        return lang.equals("ja") ? "" : " ";
    }

    long seed() {
        return account.id();
    }
}
