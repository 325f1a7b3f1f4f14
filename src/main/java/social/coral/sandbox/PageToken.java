package social.coral.sandbox;

/** A position in a list, valid for a day and for that list only. Opaque to clients. */
record PageToken(long before) {

    private static final long LIFE_SECONDS = 86_400;

    static String issue(long list, long before, long epochSecond) {
        return String.join("-", Long.toString(before, 36), Long.toString(epochSecond, 36), check(list, before, epochSecond));
    }

    static PageToken read(String token, long list, long epochSecond) {
        String[] parts = token.split("-", -1);
        try {
            long before = Long.parseLong(parts[0], 36);
            long issued = Long.parseLong(parts.length == 3 ? parts[1] : "", 36);
            if (parts[2].equals(check(list, before, issued)) && epochSecond - issued < LIFE_SECONDS) {
                return new PageToken(before);
            }
        } catch (NumberFormatException e) {
            // Not one of ours: refused below.
        }
        throw Refusal.value("pagination_token", token, "is not valid");
    }

    private static String check(long list, long before, long epochSecond) {
        return Long.toString(Dice.of(list, before, epochSecond).next() >>> 34, 36);
    }
}
