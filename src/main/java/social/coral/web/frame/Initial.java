package social.coral.web.frame;

import java.util.Locale;

/** The first letter of a name in place of a picture, always in the same colour. */
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
