package social.coral.agents.pipeline;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.coral.api.StorableText;
import social.coral.knowledge.TextFeatures.Features;
import social.coral.knowledge.TextFeatures.Word;

/**
 * Names a topic in its writers' own words: by a name for a thing that most of its texts have, such as “coral bleaching”, or by the short clause
 * that says most of what they have in common, or else by a phrase that several of them have, or by how the most typical begins.
 */
final class TopicNames {

    static final int MAX_LENGTH = 80;
    private static final int MAX_CLAUSE = 60;
    private static final int MAX_WORDS = 4;
    private static final int MAX_PAIRS = 10;
    private static final int LEAST_WORDS = 3;
    /** How many characters on each side tell surroundings apart. */
    private static final int SURROUNDINGS = 4;
    private static final double LEAST_SHARE = 1 / 3.0;
    private static final double MOST_OF_THEM = 0.8;
    /** Spaces, and at most two words that every text has, as in “bank of the east”. */
    private static final Pattern BETWEEN = Pattern.compile("[\\s'’-]+(?:\\p{L}{1,6}[\\s'’-]+){0,2}");
    private static final Pattern NOT_OF_A_NAME = Pattern.compile("[<>{}\\[\\]|\\\\`*_~^\\p{So}\\p{Sk}\\p{Cn}\\p{Co}]|#(?=\\S)");
    private static final Pattern CLAUSE_END = Pattern.compile("[.!?;:,]+(?=\\s)|[。！？；：，、…\\n]+|\\s[–—-]+(?=\\s)");
    private static final Pattern SPACES = Pattern.compile("(?:\\s|" + StorableText.INVISIBLE + ")++");
    private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Po}\\p{Pd}&&[^¿¡'\"&]]+|[\\s\\p{Pd}.,;:…。、]+$");
    private static final Pattern HIRAGANA_AROUND = Pattern.compile("^\\p{IsHiragana}+|\\p{IsHiragana}+$");

    private final List<Features> texts;
    private final ToDoubleFunction<String> rarity;
    private final Map<String, Integer> having = new HashMap<>();

    /** @param rarity how much a stem says */
    private TopicNames(List<Features> texts, ToDoubleFunction<String> rarity) {
        this.texts = texts;
        this.rarity = rarity;
        texts.forEach(text -> text.words().stream().map(Word::stem).distinct().forEach(stem -> having.merge(stem, 1, Integer::sum)));
    }

    /** A phrase: how much it says, the texts that have it, and how they write it. */
    private static final class Phrase {

        private final double telling;
        /** Whether it is two words in a row, or is written without spaces, as many names of things are. */
        private final boolean compound;
        private final Set<Integer> texts = new HashSet<>();
        private final Map<String, Integer> written = new LinkedHashMap<>();
        private final Set<String> before = new HashSet<>();
        private final Set<String> after = new HashSet<>();

        Phrase(double telling, boolean compound) {
            this.telling = telling;
            this.compound = compound;
        }

        /** Reports whether it names a thing: it comes up in different surroundings, as part of one sentence that is repeated does not. */
        boolean isName() {
            return compound && before.size() > 1 && after.size() > 1;
        }

        void add(int text, String said, int start, int end) {
            texts.add(text);
            written.merge(said.substring(start, end), 1, Integer::sum);
            before.add(said.substring(Math.max(0, start - SURROUNDINGS), start).strip());
            after.add(said.substring(end, Math.min(said.length(), end + SURROUNDINGS)).strip());
        }

        double weight() {
            return telling * texts.size();
        }

        String mostWritten() {
            return written.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse("");
        }
    }

    /** Returns the name of what texts are about, the most typical of which comes first. */
    static String of(List<Features> texts, ToDoubleFunction<String> rarity) {
        TopicNames names = new TopicNames(texts, rarity);
        String name = Stream.<Supplier<String>>of(() -> names.phrase(Phrase::isName, MOST_OF_THEM), names::clause, () -> names.phrase(phrase -> true, LEAST_SHARE),
                () -> named(texts.getFirst().said())).map(Supplier::get).filter(found -> !found.isEmpty()).findFirst().orElse("");
        return name.isEmpty() ? "Untitled" : Character.toString(Character.toTitleCase(name.codePointAt(0))) + name.substring(name.offsetByCodePoints(0, 1));
    }

    private String phrase(Predicate<Phrase> wanted, double share) {
        Map<String, Phrase> phrases = new HashMap<>();
        for (int text = 0; text < texts.size(); text++) {
            for (int first = 0; first < texts.get(text).words().size(); first++) {
                add(phrases, text, first);
            }
        }
        double least = Math.max(2, share * texts.size());
        return phrases.values().stream().filter(phrase -> phrase.texts.size() >= least && wanted.test(phrase))
                .sorted(Comparator.comparingDouble(Phrase::weight).reversed())
                .map(phrase -> named(HIRAGANA_AROUND.matcher(phrase.mostWritten()).replaceAll("")))
                .filter(TopicNames::isPhrase).findFirst().orElse("");
    }

    /** Adds the phrases that begin with a word of a text. */
    private void add(Map<String, Phrase> phrases, int text, int first) {
        Features of = texts.get(text);
        List<Word> words = of.words();
        String key = words.get(first).stem();
        double telling = rarity.applyAsDouble(key);
        boolean unspaced = false;
        for (int last = first + 1; last < words.size() && last - first < (unspaced ? MAX_PAIRS : MAX_WORDS); last++) {
            Word before = words.get(last - 1);
            Word word = words.get(last);
            unspaced = word.start() < before.end();
            if (!unspaced && !BETWEEN.matcher(of.said().substring(before.end(), word.start())).matches()) {
                return;
            }
            key += " " + word.stem();
            telling += rarity.applyAsDouble(word.stem());
            double all = telling;
            boolean compound = unspaced || last == first + 1 && of.said().substring(before.end(), word.start()).isBlank();
            Phrase phrase = phrases.computeIfAbsent(key, begun -> new Phrase(all, compound));
            phrase.add(text, of.said(), words.get(first).start(), Math.max(before.end(), word.end()));
        }
    }

    /** Reports whether it is more than the particles between two words. */
    private static boolean isPhrase(String name) {
        return name.codePointCount(0, name.length()) > 2;
    }

    /** The clause with most of what the texts have in common, for its length: it begins and ends where its writer did. */
    private String clause() {
        String best = "";
        double most = 0;
        for (Features text : texts) {
            Matcher ends = CLAUSE_END.matcher(text.said());
            for (int from = 0, next; from < text.said().length(); from = next) {
                boolean ended = ends.find(from);
                int to = ended ? ends.start() : text.said().length();
                next = ended ? ends.end() : to;
                String name = named(text.said().substring(from, to));
                double weight = name.isEmpty() || name.length() > MAX_CLAUSE ? 0 : weight(wordsBetween(text, from, to));
                if (weight > most) {
                    best = name;
                    most = weight;
                }
            }
        }
        return best;
    }

    private static List<Word> wordsBetween(Features text, int from, int to) {
        return text.words().stream().filter(word -> word.start() >= from && word.end() <= to).toList();
    }

    private double weight(List<Word> words) {
        Set<String> stems = words.stream().map(Word::stem).collect(Collectors.toSet());
        double common = stems.stream().mapToDouble(stem -> rarity.applyAsDouble(stem) * (having.getOrDefault(stem, 1) - 1)).sum();
        return stems.size() < LEAST_WORDS ? 0 : common / Math.sqrt(stems.size());
    }

    /** Returns what a person would write of it: without marks and signs, invisible characters and what stands around, and not too long. */
    private static String named(String text) {
        String plain = SPACES.matcher(NOT_OF_A_NAME.matcher(text).replaceAll(" ")).replaceAll(" ");
        String bare = AROUND.matcher(plain.strip()).replaceAll("");
        if (bare.codePointCount(0, bare.length()) <= MAX_LENGTH) {
            return bare;
        }
        BreakIterator words = BreakIterator.getLineInstance(Locale.ROOT);
        words.setText(bare);
        String cut = bare.substring(0, words.preceding(bare.offsetByCodePoints(0, MAX_LENGTH)));
        return AROUND.matcher(cut).replaceAll("") + "…";
    }
}
