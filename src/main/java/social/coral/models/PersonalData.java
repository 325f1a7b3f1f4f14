package social.coral.models;

import java.util.regex.Pattern;

/** Finds what must not leave in a prompt: mail addresses, ids of people, keys and tokens. */
final class PersonalData {

    private static final Pattern KEY = Pattern.compile(
            "\\b(?:sk|pk|rk|pplx|xai|gsk|ghp|gho|ghs|xox[abprs]|sandbox|coral)[-_][A-Za-z0-9_-]{16,}"
                    + "|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?"
                    + "|\\bAAAA[A-Za-z0-9%+/=_-]{30,}"
                    + "|(?i:\\bBearer\\s+)[A-Za-z0-9._~+/=%-]{16,}");
    private static final Pattern MAIL = Pattern.compile("[\\p{L}\\p{N}._%+'-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,8}");
    /** Those of our people are UUIDs, those of networks long numbers. */
    private static final Pattern ID = Pattern.compile("(?i)\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b|\\b[0-9]{15,20}\\b");

    private PersonalData() {}

    static String removed(String text) {
        String withoutKeys = KEY.matcher(text).replaceAll("(key removed)");
        String withoutMail = MAIL.matcher(withoutKeys).replaceAll("(address removed)");
        return ID.matcher(withoutMail).replaceAll("(id removed)");
    }
}
