package social.coral.agents.pipeline;

import com.twitter.twittertext.Extractor.Entity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import social.coral.content.Blog;
import social.coral.content.Critique.Reason;
import social.coral.content.Critique.Verdict;
import social.coral.content.PersonaVoice;
import social.coral.content.PostEntities;
import social.coral.content.VoiceBreach;
import social.coral.models.Sentences;

/**
 * What of a blog post can be measured without a model; of the voice only what it must not say.
 *
 * @param isOwn whether enough of what it does not quote as such is in none of its sources or earlier texts
 */
record BlogMeasures(Map<String, Integer> scores, List<Reason> reasons, boolean isOwn) {

    private static final int ENOUGH = 60;
    private static final int MAX_QUOTE = 400;
    private static final int SHINGLE = 8;
    /** A line of Markdown that is a quotation. */
    private static final Pattern QUOTED = Pattern.compile("(?m)^ {0,3}>.*$");

    /** @param research what its sources say; empty where that is not known */
    static BlogMeasures of(Blog blog, List<String> earlier, String research, PersonaVoice voice) {
        List<Reason> reasons = new ArrayList<>();
        Map<String, Integer> scores = new LinkedHashMap<>();
        scores.put("evidence", evidence(blog, reasons));
        scores.put("structure", structure(blog, reasons));
        scores.put("voice", voice(blog, voice, reasons));
        scores.put("originality", originality(blog, earlier, research, reasons));
        scores.put("safety", safety(blog, reasons));
        String unquoted = QUOTED.matcher(blog.content()).replaceAll("");
        return new BlogMeasures(scores, reasons, Math.max(repeated(unquoted, List.of(research)), repeated(blog.content(), earlier)) <= 100 - ENOUGH);
    }

    /** How many of the paragraphs have a source; the first may say what it is about. */
    private static int evidence(Blog blog, List<Reason> reasons) {
        List<String> paragraphs = PlainParagraphs.of(blog.content());
        List<String> bare = paragraphs.stream().skip(1).filter(paragraph -> DraftText.cited(paragraph).isEmpty()).toList();
        bare.stream().limit(3).forEach(paragraph -> add(reasons, blog, "evidence", paragraph, "No source is named for this."));
        if (blog.sources().isEmpty()) {
            reasons.add(new Reason("evidence", null, "The text has no source."));
            return 0;
        }
        return paragraphs.size() < 2 ? (DraftText.cited(blog.content()).isEmpty() ? 0 : 100) : 100 - 100 * bare.size() / (paragraphs.size() - 1);
    }

    private static int structure(Blog blog, List<Reason> reasons) {
        long sentences = PlainParagraphs.of(blog.content()).stream().mapToLong(paragraph -> new Sentences(null).parts(paragraph).size()).sum();
        if (sentences < 3) {
            reasons.add(new Reason("structure", null, "The text has fewer than three sentences."));
            return 40;
        }
        return 100;
    }

    private static int voice(Blog blog, PersonaVoice voice, List<Reason> reasons) {
        List<VoiceBreach> breaches = voice.breachesIn(blog.content());
        breaches.stream().limit(5).forEach(breach -> add(reasons, blog, "voice", blog.content().substring(breach.start(), breach.end()),
                breach.kind() == VoiceBreach.Kind.TABOO_TOPIC ? "A topic that the persona does not touch." : "A word that the persona avoids."));
        return breaches.isEmpty() ? 100 : 40;
    }

    /** How much of it stands word for word in its sources or in earlier texts. */
    private static int originality(Blog blog, List<String> earlier, String research, List<Reason> reasons) {
        int before = repeated(blog.content(), earlier);
        int quoted = repeated(blog.content(), List.of(research));
        if (before > 100 - ENOUGH) {
            reasons.add(new Reason("originality", null, "Much of it stands word for word in an earlier text of yours."));
        }
        if (quoted > 100 - ENOUGH) {
            reasons.add(new Reason("originality", null, "Most of it is quoted from its sources."));
        }
        return 100 - Math.max(before, quoted);
    }

    /** How much of a text stands word for word in others, in percent. */
    private static int repeated(String text, List<String> others) {
        Set<String> here = shingles(text);
        Set<String> there = new HashSet<>();
        others.forEach(other -> there.addAll(shingles(other)));
        return here.isEmpty() ? 0 : (int) (100 * here.stream().filter(there::contains).count() / here.size());
    }

    private static Set<String> shingles(String text) {
        String[] words = DraftText.withoutMarkers(text).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
        Set<String> shingles = new HashSet<>();
        for (int i = 0; i + SHINGLE <= words.length; i++) {
            shingles.add(String.join(" ", List.of(words).subList(i, i + SHINGLE)));
        }
        return shingles;
    }

    /** Links and names that no source has. */
    private static int safety(Blog blog, List<Reason> reasons) {
        String kept = DraftText.keptTo(blog.sources(), blog.content());
        List<Entity> strange = PostEntities.in(blog.content()).stream()
                .filter(entity -> entity.getType() == Entity.Type.URL || entity.getType() == Entity.Type.MENTION)
                .filter(entity -> !kept.contains(blog.content().substring(entity.getStart(), entity.getEnd()))).toList();
        strange.stream().limit(3).forEach(entity -> add(reasons, blog, "safety", blog.content().substring(entity.getStart(), entity.getEnd()), "No source has this."));
        return strange.isEmpty() ? 100 : 0;
    }

    private static void add(List<Reason> reasons, Blog blog, String criterion, String quote, String reason) {
        reasons.add(new Reason(criterion, quote.length() <= MAX_QUOTE && blog.content().contains(quote) ? quote : null, reason));
    }

    /** What is quoted as such may be; how much that is, a person sees. */
    Verdict verdict() {
        boolean isGood = scores.entrySet().stream().allMatch(score -> score.getValue() >= ENOUGH || score.getKey().equals("originality"));
        return isGood && isOwn ? Verdict.APPROVE : Verdict.REVISE;
    }
}
