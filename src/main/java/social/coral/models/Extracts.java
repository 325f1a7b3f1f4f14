package social.coral.models;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the sentences that say most of what texts say. It needs no model, invents nothing, and gives the same for the same texts. A
 * sentence is not changed, and one that would carry a link or a name of somebody into a text is left out.
 *
 * <p>Sentences are ranked by how much they have in common with the others (degree centrality, Erkan and Radev, 2004) and with what is asked about,
 * and chosen so that none repeats another (maximal marginal relevance, Carbonell and Goldstein, 1998).
 */
public final class Extracts {

    /** What a text is marked with that was made this way, where others name a model. */
    public static final String NAME = "extracts";

    private static final int MAX_SENTENCES = 400;
    private static final int MAX_OF_ONE_TEXT = 40;
    private static final int MAX_LENGTH = 400;
    private static final int MIN_WORDS = 4;
    private static final double THE_SAME = 0.75;
    private static final double PULL_OF_QUESTION = 0.6;
    private static final double RANK_BEFORE_NEWS = 0.8;
    /** Inflected forms of a word mostly share this much. */
    private static final int BEGINNING = 6;

    private static final Pattern BEFORE = Pattern.compile("^(?:\\s++|RT\\s++@\\w{1,20}+:?|\\.?@\\w{1,20}+[:,]?+(?=\\s)|https?://\\S++)*+");
    private static final Pattern BEHIND = Pattern.compile("(?:\\s++(?:https?://\\S++|[#\uFF03][\\p{L}\\p{M}\\p{N}_]++))*+\\s*+$");
    /** Links, with or without a protocol, names of people on a network, and what changes how a text looks. */
    private static final Pattern NOT_QUOTABLE = Pattern.compile("(?i)https?:|www\\.|[@\uFF20]\\w|[\\p{L}\\p{N}]\\.\\p{L}{2}"
            + "|[\\p{Cc}\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\x{e0000}-\\x{e007f}&&[^\\n\\t]]");

    private Extracts() {}

    /** @param language a language tag; null when it is not known */
    public record Text(String text, @Nullable String language) {}

    /**
     * A sentence as it stands in a text.
     *
     * @param source the place of its text among those given, from 0
     */
    public record Sentence(String text, int source) {}

    private record Candidate(Sentence sentence, Map<String, Double> words) {}

    /**
     * Returns the sentences to quote, the most telling first; none if no text has a sentence that can be quoted.
     *
     * @param about what they are wanted for, such as a topic or a question; empty for what the texts have in common
     * @param most how many
     */
    public static List<Sentence> of(List<Text> texts, String about, int most) {
        List<Candidate> candidates = weighted(candidates(texts));
        double[][] alike = alike(candidates);
        List<Integer> different = different(alike);
        double[] rank = ranked(different, alike, candidates, words(about));
        List<Sentence> chosen = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        while (taken.size() < Math.min(most, different.size())) {
            int best = -1;
            double highest = 0;
            for (int i : different) {
                double score = RANK_BEFORE_NEWS * rank[i] - (1 - RANK_BEFORE_NEWS) * taken.stream().mapToDouble(one -> alike[i][one]).max().orElse(0);
                if (!taken.contains(i) && (best < 0 || score > highest)) {
                    best = i;
                    highest = score;
                }
            }
            taken.add(best);
            chosen.add(candidates.get(best).sentence());
        }
        return chosen;
    }

    private static List<Candidate> candidates(List<Text> texts) {
        Map<String, Sentences> cutting = new HashMap<>();
        List<Candidate> found = new ArrayList<>();
        for (int source = 0; source < texts.size() && found.size() < MAX_SENTENCES; source++) {
            Text text = texts.get(source);
            int ofThis = 0;
            for (String part : cutting.computeIfAbsent(text.language() == null ? "en" : text.language(), Sentences::new).parts(text.text())) {
                String bare = bare(part);
                Map<String, Double> words = isQuotable(bare) ? words(bare) : Map.of();
                if (words.size() >= MIN_WORDS && ofThis < MAX_OF_ONE_TEXT && found.size() < MAX_SENTENCES) {
                    found.add(new Candidate(new Sentence(bare, source), words));
                    ofThis++;
                }
            }
        }
        return found;
    }

    /** Returns a sentence without whom it is addressed to in front, and without the links and tags behind it. */
    static String bare(String part) {
        return BEHIND.matcher(BEFORE.matcher(part).replaceFirst("")).replaceFirst("").strip();
    }

    static boolean isQuotable(String sentence) {
        return sentence.length() <= MAX_LENGTH && !NOT_QUOTABLE.matcher(sentence).find();
    }

    /**
     * Counts the words of a text. Those of a few letters, which every text of a language has, are left out, and so are numbers, so that what
     * differs in a figure alone is quoted once.
     */
    private static Map<String, Double> words(String text) {
        Map<String, Double> counted = new HashMap<>();
        BreakIterator words = BreakIterator.getWordInstance(ULocale.ROOT);
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        words.setText(plain);
        int start = 0;
        for (int end = words.next(); end != BreakIterator.DONE; start = end, end = words.next()) {
            String word = plain.substring(start, end);
            if (words.getRuleStatus() >= BreakIterator.WORD_NUMBER_LIMIT && word.codePointCount(0, word.length()) >= (isAlphabetic(word) ? 3 : 2)) {
                counted.merge(word.substring(0, word.offsetByCodePoints(0, Math.min(BEGINNING, word.codePointCount(0, word.length())))), 1.0, Double::sum);
            }
        }
        return counted;
    }

    private static boolean isAlphabetic(String word) {
        return switch (Character.UnicodeScript.of(word.codePointAt(0))) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR, COMMON -> false;
            default -> true;
        };
    }

    /** Weighs each word by how few of the sentences have it; together those of a sentence have the length 1. */
    private static List<Candidate> weighted(List<Candidate> candidates) {
        Map<String, Integer> held = new HashMap<>();
        candidates.forEach(one -> one.words().keySet().forEach(word -> held.merge(word, 1, Integer::sum)));
        return candidates.stream().map(one -> {
            Map<String, Double> weights = new HashMap<>();
            one.words().forEach((word, count) -> weights.put(word, count * Math.log((candidates.size() + 1.0) / held.getOrDefault(word, 1))));
            return new Candidate(one.sentence(), ofLengthOne(weights));
        }).toList();
    }

    private static Map<String, Double> ofLengthOne(Map<String, Double> weights) {
        double length = Math.sqrt(weights.values().stream().mapToDouble(weight -> weight * weight).sum());
        weights.replaceAll((word, weight) -> length == 0 ? 0 : weight / length);
        return weights;
    }

    private static double product(Map<String, Double> one, Map<String, Double> other) {
        Map<String, Double> few = one.size() <= other.size() ? one : other;
        Map<String, Double> many = few == one ? other : one;
        return few.entrySet().stream().mapToDouble(word -> word.getValue() * many.getOrDefault(word.getKey(), 0.0)).sum();
    }

    private static double[][] alike(List<Candidate> candidates) {
        double[][] alike = new double[candidates.size()][candidates.size()];
        for (int i = 0; i < alike.length; i++) {
            for (int j = 0; j <= i; j++) {
                alike[i][j] = alike[j][i] = product(candidates.get(i).words(), candidates.get(j).words());
            }
        }
        return alike;
    }

    /** Of sentences that say the same the first. */
    private static List<Integer> different(double[][] alike) {
        List<Integer> kept = new ArrayList<>();
        IntStream.range(0, alike.length).filter(i -> kept.stream().noneMatch(one -> alike[i][one] >= THE_SAME)).forEach(kept::add);
        return kept;
    }

    /** Ranks them from 0 to 1: by what they have in common with the others, and before that with what is asked about. */
    private static double[] ranked(List<Integer> among, double[][] alike, List<Candidate> candidates, Map<String, Double> about) {
        double[] rank = central(among, alike);
        Map<String, Double> question = ofLengthOne(about);
        double[] answering = new double[alike.length];
        among.forEach(i -> answering[i] = product(candidates.get(i).words(), question));
        double most = highest(among, answering);
        if (most > 0) {
            among.forEach(i -> rank[i] = (1 - PULL_OF_QUESTION) * rank[i] + PULL_OF_QUESTION * answering[i] / most);
        }
        return rank;
    }

    private static double[] central(List<Integer> among, double[][] alike) {
        double[] rank = new double[alike.length];
        among.forEach(i -> rank[i] = among.stream().filter(other -> !other.equals(i)).mapToDouble(other -> alike[i][other]).sum());
        double most = highest(among, rank);
        among.forEach(i -> rank[i] = most == 0 ? 1 : rank[i] / most);
        return rank;
    }

    private static double highest(List<Integer> among, double[] of) {
        return among.stream().mapToDouble(i -> of[i]).max().orElse(0);
    }
}
