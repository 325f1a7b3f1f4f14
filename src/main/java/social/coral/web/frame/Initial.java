package social.coral.web.frame;

import java.util.Locale;

/** What stands for a name where a picture would: its first letter, in a colour that stays the same for that name. */
public record Initial(String letter, String tone) {

    private static final String[] TONES = {"tone-accent", "tone-good", "tone-warn", "tone-info", "tone-bad"};

    public static Initial of(String name) {
        String letter = name.codePoints()
                .filter(Character::isLetterOrDigit)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse("?");
        return new Initial(letter.toUpperCase(Locale.ROOT), TONES[Math.floorMod(name.hashCode(), TONES.length)]);
    }
}
