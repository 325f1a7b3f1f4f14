package social.coral.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the file of one author: lines of {@code name: value}, then sections that begin with {@code [topic] #tags}, one
 * sentence per line. The sections {@code [aside]} and {@code [answer]} hold the author's additions and replies.
 */
final class AuthorFile {

    private final Map<String, String> facts = new HashMap<>();
    private final List<Topic> topics = new ArrayList<>();
    private final List<Phrase> asides = new ArrayList<>();
    private final List<Phrase> answers = new ArrayList<>();

    static Author read(int number, String handle, List<String> lines) {
        AuthorFile file = new AuthorFile();
        List<Phrase> section = null;
        for (String line : lines) {
            if (line.startsWith("[")) {
                section = file.section(line);
            } else if (section != null && !line.isBlank()) {
                section.add(new Phrase(line.strip()));
            } else if (!line.isBlank()) {
                String[] fact = line.split(":", 2);
                file.facts.put(fact[0].strip(), fact[1].strip());
            }
        }
        return file.author(number, handle);
    }

    private List<Phrase> section(String heading) {
        String key = heading.substring(1, heading.indexOf(']'));
        return switch (key) {
            case "aside" -> asides;
            case "answer" -> answers;
            default -> {
                Topic topic = new Topic(key, words(heading.substring(heading.indexOf(']') + 1)), new ArrayList<>());
                topics.add(topic);
                yield topic.statements();
            }
        };
    }

    private Author author(int number, String handle) {
        Account account = Account.of(handle, fact("name"), fact("about"), Integer.parseInt(fact("followers")));
        Author.State state = Author.State.valueOf(facts.getOrDefault("state", "active").toUpperCase(Locale.ROOT));
        return new Author(number, account, state, fact("lang"), Integer.parseInt(fact("ahead")),
                Rhythm.valueOf(fact("rhythm").toUpperCase(Locale.ROOT)), Integer.parseInt(fact("posts")), Integer.parseInt(fact("replies")),
                words(fact("emoji")), fact("site"), List.copyOf(topics), List.copyOf(asides), List.copyOf(answers));
    }

    private String fact(String name) {
        String value = facts.get(name);
        if (value == null) {
            throw new IllegalStateException("an author's file lacks " + name);
        }
        return value;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }
}
