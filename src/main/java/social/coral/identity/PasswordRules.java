package social.coral.identity;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.StorableText;

/**
 * What a new password must be: 8 to 512 characters of any kind, and none of those that everybody tries first. No mixture
 * of kinds is asked for, since that yields worse passwords.
 */
@Component
class PasswordRules {

    static final int SHORTEST = 8;
    static final int LONGEST = 512;

    private static final String RUNS = "abcdefghijklmnopqrstuvwxyz 01234567890 09876543210 qwertyuiop asdfghjkl zxcvbnm "
            + "zyxwvutsrqponmlkjihgfedcba poiuytrewq lkjhgfdsa mnbvcxz 1qaz2wsx3edc4rfv5tgb6yhn 1q2w3e4r5t6y7u8i9o0p qazwsxedcrfvtgb";

    private final Set<String> common = read("common-passwords.txt");
    private final Set<String> breached = breached();

    /** Refuses what would be guessed soon: the common and the breached ones, the person's own address, the product's name. */
    void check(String password, EmailAddress address) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            throw weak("length", "Password should be at least " + SHORTEST + " characters.");
        }
        if (length > LONGEST) {
            throw refused("A password can have at most " + LONGEST + " characters.");
        }
        if (!StorableText.is(password)) {
            throw refused("The password has a character that is not text.");
        }
        String plain = password.toLowerCase(Locale.ROOT).strip();
        String stem = stem(plain);
        if (plain.contains(address.value()) || isLittleMoreThan(address.localPart(), plain)) {
            throw weak("pwned", "Your password must not be your email address.");
        }
        if (breached.contains(plain) || common.contains(plain) || common.contains(stem) || isRun(plain) || isRepetition(plain)) {
            throw weak("pwned", "Password is known to be weak and easy to guess, please choose a different one.");
        }
    }

    private static Failure refused(String sentence) {
        return Failure.of(HttpStatus.BAD_REQUEST, "validation_failed", sentence).at("password");
    }

    private static Failure weak(String reason, String sentence) {
        return Failure.of(HttpStatus.UNPROCESSABLE_ENTITY, "weak_password", sentence)
                .at("password")
                .with("reasons", List.of(reason));
    }

    private static boolean isLittleMoreThan(String name, String plain) {
        return plain.contains(name) && plain.length() - name.length() <= 5;
    }

    /** The word that is left of "P@ssw0rd2024!" when the usual disguises are taken off. */
    private static String stem(String plain) {
        String bare = plain.replaceAll("^[^\\p{L}]+|[^\\p{L}@$]+$", "").replaceAll("[\\s._-]", "");
        String word = bare.replace('0', 'o').replace('1', 'i').replace('3', 'e').replace('4', 'a').replace('5', 's')
                .replace('7', 't').replace('@', 'a').replace('$', 's').replace('!', 'i');
        return plain.length() - bare.length() <= 8 ? word : plain;
    }

    /** A stretch of the alphabet, of the digits or of a keyboard's row. */
    private static boolean isRun(String plain) {
        return RUNS.contains(plain);
    }

    /** One short piece over and over: "aaaaaaaa", "abcabcabc", "passpass". */
    private static boolean isRepetition(String plain) {
        for (int piece = 1; piece <= Math.min(4, plain.length() / 2); piece++) {
            String start = plain.substring(0, piece);
            if (start.repeat(plain.length() / piece + 1).startsWith(plain)) {
                return true;
            }
        }
        return false;
    }

    /** What people were found to use when their accounts were breached, as far as it is long enough to be chosen here. */
    private static Set<String> breached() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .filter(password -> password.length() >= SHORTEST)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> read(String resource) {
        try (InputStream list = PasswordRules.class.getResourceAsStream(resource)) {
            if (list == null) {
                throw new IllegalStateException("the list of common passwords is missing from this build");
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
