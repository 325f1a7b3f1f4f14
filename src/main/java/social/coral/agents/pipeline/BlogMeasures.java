package social.coral.agents.pipeline;

import com.twitter.twittertext.Extractor.Entity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import social.coral.content.Blog;
import social.coral.content.Critique.Reason;
import social.coral.content.Critique.Verdict;
import social.coral.content.PersonaVoice;
import social.coral.content.PostEntities;
import social.coral.content.VoiceBreach;
import social.coral.models.Sentences;

/** What of a blog post can be measured without a model; of the voice only what it must not say. */
record BlogMeasures(Map<String, Integer> scores, List<Reason> reasons) {

    private static final int ENOUGH = 60;
    private static final int MAX_QUOTE = 400;
    private static final int SHINGLE = 8;

    static BlogMeasures of(Blog blog, List<String> earlier, PersonaVoice voice) {
        List<Reason> reasons = new ArrayList<>();
        Map<String, Integer> scores = new LinkedHashMap<>();
        scores.put("evidence", evidence(blog, reasons));
        scores.put("structure", structure(blog, reasons));
        scores.put("voice", voice(blog, voice, reasons));
        scores.put("originality", originality(blog, earlier, reasons));
        scores.put("safety", safety(blog, reasons));
        return new BlogMeasures(scores, reasons);
    }

    /** How many of the paragraphs have a source; the first may say what it is about. */
    private static int evidence(Blog blog, List<Reason> reasons) {
        List<String> paragraphs = DraftText.paragraphs(blog.content());
        List<String> bare = paragraphs.stream().skip(1).filter(paragraph -> DraftText.cited(paragraph).isEmpty()).toList();
        bare.stream().limit(3).forEach(paragraph -> add(reasons, blog, "evidence", paragraph, "No source is named for this."));
        if (blog.sources().isEmpty()) {
            reasons.add(new Reason("evidence", null, "The text has no source."));
            return 0;
        }
        return paragraphs.size() < 2 ? (DraftText.cited(blog.content()).isEmpty() ? 0 : 100) : 100 - 100 * bare.size() / (paragraphs.size() - 1);
    }

    private static int structure(Blog blog, List<Reason> reasons) {
        long sentences = DraftText.paragraphs(blog.content()).stream().mapToLong(paragraph -> new Sentences(null).parts(paragraph).size()).sum();
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

    /** How much of it stands in earlier texts word for word. */
    private static int originality(Blog blog, List<String> earlier, List<Reason> reasons) {
        Set<String> here = shingles(blog.content());
        Set<String> before = new HashSet<>();
        earlier.forEach(text -> before.addAll(shingles(text)));
        long repeated = here.stream().filter(before::contains).count();
        int score = here.isEmpty() ? 100 : (int) (100 - 100 * repeated / here.size());
        if (score < ENOUGH) {
            reasons.add(new Reason("originality", null, "Much of it stands word for word in an earlier text of yours."));
        }
        return score;
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

    Verdict verdict() {
        return scores.values().stream().allMatch(score -> score >= ENOUGH) ? Verdict.APPROVE : Verdict.REVISE;
    }
}
