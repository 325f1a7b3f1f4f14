package social.coral.models;

import com.google.errorprone.annotations.CompileTimeConstant;

/**
 * What a model is told to do. It is made of constants of the program and of numbers, which the compiler checks (Error Prone), so that
 * no text from outside can become part of it.
 */
public final class Instructions {

    private final String text;

    private Instructions(String text) {
        this.text = text;
    }

    public static Instructions of(@CompileTimeConstant String text) {
        return new Instructions(text);
    }

    public Instructions and(@CompileTimeConstant String more) {
        return new Instructions(text + more);
    }

    public Instructions and(long number) {
        return new Instructions(text + number);
    }

    String text() {
        return text;
    }
}
