package social.coral.web.texts;

import social.coral.content.Mention;

/** Says why a mention was set aside. */
public final class MentionWords {

    private MentionWords() {}

    /** In a few words, for a badge. */
    public static String word(Mention.Reason reason) {
        return switch (reason) {
            case HOSTILE -> "Hostile";
            case OFF_TOPIC -> "Off topic";
            case AUTOMATIC -> "Automatic";
            case NO_ANSWER -> "No answer found";
            case DISMISSED -> "Reply deleted";
            case OLD -> "Old";
            case RECENT -> "Recently answered";
            case MUTED -> "Muted";
            case LIMITED -> "Replies limited";
            case CLOSED -> "Not shown to you";
            case GONE -> "Deleted";
        };
    }

    /** In a sentence. */
    public static String sentence(Mention.Reason reason) {
        return switch (reason) {
            case HOSTILE -> "It insults or threatens, or tries to give an agent instructions.";
            case OFF_TOPIC -> "It has nothing to do with what you write about.";
            case AUTOMATIC -> "It advertises, or seems to be sent by a program.";
            case NO_ANSWER -> "Nothing that was collected answers it, and there is no language model to write a reply.";
            case DISMISSED -> "You deleted the reply to it.";
            case OLD -> "It was written too long ago for a reply.";
            case RECENT -> "You replied to this author a short while ago.";
            case MUTED -> "You have muted its author.";
            case LIMITED -> "Its author has limited who may reply.";
            case CLOSED -> "Its author has blocked you or protects the posts.";
            case GONE -> "It was deleted before a reply was written.";
        };
    }

    /**
     * Reports whether an agent can answer it after all, because a person wants that.
     *
     * @param keyless whether it would work without a language model
     */
    public static boolean canBeAnswered(Mention.Reason reason, boolean keyless) {
        return reason.canBeOverruled() && !(keyless && reason == Mention.Reason.NO_ANSWER);
    }

    /** Reports whether a person can still write a reply to it. */
    public static boolean canBeWritten(Mention.Reason reason) {
        return reason != Mention.Reason.CLOSED && reason != Mention.Reason.GONE;
    }
}
