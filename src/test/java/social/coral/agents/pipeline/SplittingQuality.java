package social.coral.agents.pipeline;

import com.twitter.twittertext.Extractor.Entity;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.content.PostEntities;
import social.coral.content.PostLimit;
import social.coral.content.PostText;

/** How well threads are split: a part that X would not take, or a grapheme or link that is cut, is a fault. */
public final class SplittingQuality {

    private static final int MOST = 6;
    private static final String LINK = "https://reef.example/source";
    private static final List<String> BITS = List.of("reef ", "the water is warm ", "https://reef.example/a?b=c#d ", "example.com ", "👩‍👩‍👧‍👦",
            "👍🏽 ", "海が暖かい。", "サンゴ", "e\u0301e\u0301 ",
            "कि ", "@reef_notes ", "#bleaching ", "Donaudampfschifffahrtsgesellschaft", "x".repeat(90), "1️⃣ ", "🇫🇷", "— ", "กำ",
                    "\u1100\u1161\u11a8", "ﷺ ");

    private SplittingQuality() {}

    /** Counts the texts of X's own test vectors. */
    public static int vectors() {
        return DataLines.of("weights.tsv").size();
    }

    /** Returns the faults over the texts of X's own test vectors: in their weights, and in the parts that are made of them. */
    public static List<String> faultsOfVectors() {
        List<String> faults = new ArrayList<>();
        for (String[] vector : DataLines.of("weights.tsv")) {
            int weight = PostText.weightedLength(vector[1]);
            if (weight != Integer.parseInt(vector[0])) {
                faults.add("weight " + weight + " instead of " + vector[0] + ": " + vector[1]);
            }
            for (boolean numbered : new boolean[] {false, true}) {
                List<String> parts = new ThreadParts(PostLimit.SHORT.weighted(), MOST, numbered).of(List.of(vector[1]), null);
                faults.addAll(faults(List.of(vector[1]), null, parts));
            }
        }
        return faults;
    }

    /** Returns the faults over so many generated texts. */
    public static List<String> faultsOfGenerated(int texts, long seed) {
        Random random = new Random(seed);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            List<String> sentences = new ArrayList<>();
            for (int count = random.nextInt(1, 6); count > 0; count--) {
                sentences.add(sentence(random));
            }
            String link = random.nextInt(3) == 0 ? LINK : null;
            faults.addAll(faults(sentences, link, new ThreadParts(PostLimit.SHORT.weighted(), MOST, random.nextBoolean()).of(sentences, link)));
        }
        return faults;
    }

    private static String sentence(Random random) {
        StringBuilder text = new StringBuilder();
        for (int bit = random.nextInt(1, random.nextInt(2, 60)); bit > 0; bit--) {
            text.append(BITS.get(random.nextInt(BITS.size())));
        }
        return text.append(". ").toString();
    }

    private static List<String> faults(List<String> sentences, @Nullable String link, List<String> parts) {
        List<String> faults = new ArrayList<>();
        String all = sentences.stream().map(String::strip).collect(Collectors.joining(" "));
        List<String> links = links(all);
        BreakIterator graphemes = BreakIterator.getCharacterInstance();
        graphemes.setText(all);
        if (parts.isEmpty() || parts.size() > MOST || link != null && !parts.getLast().contains(link)) {
            faults.add(parts.size() + " parts, or the link is missing: " + all);
        }
        for (String part : parts) {
            String bare = part.replaceAll(" [1-6]/[1-6]$", "").replaceAll("\n" + LINK + "$", "");
            int at = all.indexOf(bare);
            boolean whole = bare.equals(link) || at >= 0 && graphemes.isBoundary(at) && graphemes.isBoundary(at + bare.length());
            if (PostText.weightedLength(part) > PostLimit.SHORT.weighted() || !whole || links(part).stream().anyMatch(found -> !found.equals(link)
                    && !links.contains(found))) {
                faults.add(part + "\nof " + all);
            }
        }
        return faults;
    }

    private static List<String> links(String text) {
        return PostEntities.in(text).stream().filter(entity -> entity.getType() == Entity.Type.URL).map(entity -> text.substring(entity.getStart(),
                entity.getEnd())).toList();
    }
}
