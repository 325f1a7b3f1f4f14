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
 * The rules for new passwords: 8 to 512 characters of any kind, and none of the common ones. They require no mixture of
 * character classes, because that leads to worse passwords.
 */
@Component
class PasswordRules {

    static final int MIN_LENGTH = 8;
    static final int MAX_LENGTH = 512;

    private static final String RUNS = "abcdefghijklmnopqrstuvwxyz 01234567890 09876543210 qwertyuiop asdfghjkl zxcvbnm "
            + "zyxwvutsrqponmlkjihgfedcba poiuytrewq lkjhgfdsa mnbvcxz 1qaz2wsx3edc4rfv5tgb6yhn 1q2w3e4r5t6y7u8i9o0p qazwsxedcrfvtgb";

    private final Set<String> common = read("common-passwords.txt");
    private final Set<String> breached = breached();

    /** Refuses passwords that are easy to guess: common and breached ones, the person's own address, the product's name. */
    void check(String password, EmailAddress address) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH) {
            throw weak("length", "Password should be at least " + MIN_LENGTH + " characters.");
        }
        if (length > MAX_LENGTH) {
            throw refused("A password can have at most " + MAX_LENGTH + " characters.");
        }
        if (!StorableText.isValid(password)) {
            throw refused("The password has a character that is not text.");
        }
        String plain = password.toLowerCase(Locale.ROOT).strip();
        String stem = stem(plain);
        if (plain.contains(address.value()) || isMostly(address.localPart(), plain)) {
            throw weak("pwned", "Your password must not be your email address.");
        }
        if (breached.contains(plain) || common.contains(plain) || common.contains(stem) || isRun(plain) || isRepetition(plain)) {
            throw weak("pwned", "This password is easy to guess. Choose a different one.");
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

    private static boolean isMostly(String name, String plain) {
        return plain.contains(name) && plain.length() - name.length() <= 5;
    }

    /** Undoes the usual disguises: "P@ssw0rd2024!" becomes "password". */
    private static String stem(String plain) {
        String bare = plain.replaceAll("^[^\\p{L}]+|[^\\p{L}@$]+$", "").replaceAll("[\\s._-]", "");
        String word = bare.replace('0', 'o').replace('1', 'i').replace('3', 'e').replace('4', 'a').replace('5', 's')
                .replace('7', 't').replace('@', 'a').replace('$', 's').replace('!', 'i');
        return plain.length() - bare.length() <= 8 ? word : plain;
    }

    /** Reports whether the password is part of the alphabet, the digits or a keyboard row. */
    private static boolean isRun(String plain) {
        return RUNS.contains(plain);
    }

    /** Reports whether the password repeats a short piece: "aaaaaaaa", "abcabcabc", "passpass". */
    private static boolean isRepetition(String plain) {
        for (int piece = 1; piece <= Math.min(4, plain.length() / 2); piece++) {
            String start = plain.substring(0, piece);
            if (start.repeat(plain.length() / piece + 1).startsWith(plain)) {
                return true;
            }
        }
        return false;
    }

    /** Returns passwords from breaches that are long enough to be chosen here. */
    private static Set<String> breached() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .filter(password -> password.length() >= MIN_LENGTH)
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
