package social.coral.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import social.coral.agents.pipeline.InjectionAttempts;
import social.coral.agents.pipeline.SplittingQuality;
import social.coral.agents.pipeline.TopicQuality;
import social.coral.agents.pipeline.TopicQuality.Part;
import social.coral.knowledge.JudgedPosts;

/** How good what agents find is, against what people judged before. */
final class Quality {

    private static final int GENERATED = 10_000;

    private Quality() {}

    static void measure(Path folder, Report report) throws IOException {
        List<JudgedPosts.JudgedPost> posts = JudgedPosts.read(folder.resolve("model"));
        report.qualities("Topics of " + posts.size() + " posts in three languages: adjusted Rand index against the judged topics");
        for (Part part : Part.values()) {
            String of = part.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            report.quality(of + ", by words and meaning", TopicQuality.ofGroups(posts, part, true));
            report.quality(of + ", by words alone", TopicQuality.ofGroups(posts, part, false));
        }
        TopicQuality.Told told = TopicQuality.ofRepeats();
        report.qualities("Texts that say the same, of " + told.pairs() + " judged pairs");
        report.quality("precision", told.precision());
        report.quality("recall", told.recall());
        int vectors = SplittingQuality.faultsOfVectors().size();
        int generated = SplittingQuality.faultsOfGenerated(GENERATED, 14).size();
        report.note(String.format(Locale.ROOT, "thread splitting: %d faults over %d of X's own test vectors, %d over %,d generated texts", vectors, SplittingQuality.vectors(), generated, GENERATED));
        report.note("injection: %d escapes of %d".formatted(InjectionAttempts.escapes().size(), InjectionAttempts.all().size()));
    }
}
