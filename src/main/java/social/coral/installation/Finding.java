package social.coral.installation;

/** The result of a check. An OK finding states a fact; a warning or fault is whole sentences that also say what to do. */
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
