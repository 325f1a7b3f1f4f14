package social.coral.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sentence template: <code>{one | another}</code> picks one of them, <code>{3-12}</code> a number in that range. */
final class Phrase {

    private static final Pattern CHOICE = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)-(\\d+)");

    private interface Part {
        String say(Dice dice);
    }

    private final List<Part> parts = new ArrayList<>();

    Phrase(String text) {
        Matcher choice = CHOICE.matcher(text);
        int end = 0;
        while (choice.find()) {
            add(text.substring(end, choice.start()));
            parts.add(choice(choice.group(1)));
            end = choice.end();
        }
        add(text.substring(end));
    }

    private void add(String literal) {
        if (!literal.isEmpty()) {
            parts.add(dice -> literal);
        }
    }

    private static Part choice(String inside) {
        Matcher numbers = NUMBERS.matcher(inside);
        if (numbers.matches()) {
            int least = Integer.parseInt(numbers.group(1));
            int span = Integer.parseInt(numbers.group(2)) - least + 1;
            return dice -> Integer.toString(least + dice.below(span));
        }
        List<String> words = Arrays.stream(inside.split("\\|", -1)).map(String::strip).toList();
        return dice -> dice.pick(words);
    }

    String say(Dice dice) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.say(dice)));
        return text.toString();
    }
}
