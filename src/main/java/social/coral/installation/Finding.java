package social.coral.installation;

/** What a check found: a subject, how bad it is, and a sentence that says what to do where something is to be done. */
public record Finding(Level level, String subject, String sentence) {

    public enum Level {
        OK,
        WARNING,
        FAULT
    }

    public static Finding ok(String subject, String sentence) {
        return new Finding(Level.OK, subject, sentence);
    }

    public static Finding warning(String subject, String sentence) {
        return new Finding(Level.WARNING, subject, sentence);
    }

    public static Finding fault(String subject, String sentence) {
        return new Finding(Level.FAULT, subject, sentence);
    }
}
