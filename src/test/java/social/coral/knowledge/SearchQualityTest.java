package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.knowledge.TenantVectors.Hit;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.knowledge.TenantVectors.Point;
import social.coral.knowledge.TenantWords.Entry;
import social.coral.knowledge.TenantWords.Found;
import social.coral.tenancy.Tenant;

/**
 * How well posts are found: 260 short ones about many things near to each other, in English, which the model knows, and in German and
 * Japanese, which it hardly does. Which of them answer which question was decided before anything was searched for.
 */
class SearchQualityTest {

    private static final int SHOWN = 10;
    private static final int GENERATION = 1;
    /** How little is noise. Another processor rounds the quantized model differently. */
    private static final double NOISE = 0.02;

    private static final Map<UUID, String> NAMES = new HashMap<>();
    private static final List<Searched> SEARCHED = new ArrayList<>();

    /** @param answers those that answer it, and {@code near} those that are of some use, such as in another language */
    private record Question(String language, String text, Set<String> answers, Set<String> near) {

        double gain(String post) {
            return answers.contains(post) ? 3 : near.contains(post) ? 1 : 0;
        }

        /** The normalized discounted cumulative gain of what is shown: 1 when nothing could be ranked better. */
        double quality(List<String> ranking) {
            List<String> best = Stream.concat(answers.stream(), near.stream()).sorted(Comparator.comparing(this::gain).reversed()).toList();
            return gained(ranking) / gained(best);
        }

        private double gained(List<String> ranking) {
            double gained = 0;
            for (int rank = 0; rank < Math.min(SHOWN, ranking.size()); rank++) {
                gained += gain(ranking.get(rank)) * Math.log(2) / Math.log(rank + 2);
            }
            return gained;
        }
    }

    private record Searched(Question question, List<String> words, List<String> meaning, List<String> both) {}

    private record Quality(double words, double meaning, double both) {

        static Quality of(String language) {
            List<Searched> answered = SEARCHED.stream().filter(searched -> !searched.question.answers.isEmpty())
                    .filter(searched -> language.equals("all") || searched.question.language.equals(language)).toList();
            return new Quality(
                    answered.stream().mapToDouble(searched -> searched.question.quality(searched.words)).average().orElseThrow(),
                    answered.stream().mapToDouble(searched -> searched.question.quality(searched.meaning)).average().orElseThrow(),
                    answered.stream().mapToDouble(searched -> searched.question.quality(searched.both)).average().orElseThrow());
        }
    }

    @BeforeAll
    static void searchForAll(@TempDir Path folder) throws IOException {
        Tenant tenant = VectorIndexContract.tenants(1).getFirst();
        try (MiniLm embeddings = new MiniLm(folder.resolve("model"), 1, Duration.ofMinutes(5));
                WordIndex wordIndex = new WordIndex(folder.resolve("words"), 1);
                LuceneVectors vectorIndex = new LuceneVectors(folder.resolve("vectors"), 1)) {
            TenantWords words = wordIndex.of(tenant);
            TenantVectors vectors = vectorIndex.of(tenant);
            for (String[] post : lines("posts.tsv")) {
                UUID item = new UUID(0, NAMES.size());
                NAMES.put(item, post[0]);
                words.put(List.of(new Entry(item, post[2], post[1], "post", null, Instant.EPOCH)));
                vectors.put(List.of(new Point(item, GENERATION, embeddings.of(List.of(post[2])).getFirst(), "post", null, Instant.EPOCH)));
            }
            for (String[] line : lines("questions.tsv")) {
                Question question = new Question(line[0], line[1], names(line[2]), names(line[3]));
                List<Found> found = words.search(question.text, Narrowing.NONE, JointRanking.DEPTH);
                JointRanking joint = JointRanking.of(embeddings.known(question.text), !found.isEmpty());
                List<Hit> near = joint.meaning(
                        vectors.nearest(GENERATION, embeddings.of(List.of(question.text)).getFirst(), Narrowing.NONE, JointRanking.DEPTH));
                List<UUID> byWords = found.stream().map(Found::item).toList();
                List<UUID> byMostWords = found.stream().filter(Found::most).map(Found::item).toList();
                List<UUID> byMeaning = near.stream().map(Hit::item).toList();
                List<UUID> both = joint.join(byWords, byMostWords, byMeaning).entrySet().stream()
                        .sorted(Map.Entry.<UUID, Double>comparingByValue().reversed()).map(Map.Entry::getKey).toList();
                SEARCHED.add(new Searched(question, named(byWords), named(byMeaning), named(both)));
            }
        }
    }

    private static List<String[]> lines(String file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(SearchQualityTest.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> line.split("\t", -1)).toList();
        }
    }

    private static Set<String> names(String field) {
        return field.isEmpty() ? Set.of() : Set.of(field.split(" "));
    }

    private static List<String> named(List<UUID> items) {
        return items.stream().map(NAMES::get).toList();
    }

    @Test
    void wordsAndMeaningTogetherFindMoreThanEitherAlone() {
        Quality quality = Quality.of("all");
        assertThat(quality.both).isGreaterThan(Math.max(quality.words, quality.meaning) + NOISE);
        assertThat(quality.both).as("0.65 when this was written").isGreaterThan(0.62);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ja"})
    void inNoLanguageIsEitherAloneBetter(String language) {
        Quality quality = Quality.of(language);
        assertThat(quality.both).isGreaterThan(Math.max(quality.words, quality.meaning) - NOISE);
    }

    @Test
    void littleIsFoundByMeaningWhereNothingIsToBeFound() {
        List<Searched> unanswered = SEARCHED.stream().filter(searched -> searched.question.answers.isEmpty()).toList();
        assertThat(unanswered).hasSize(16)
                .allSatisfy(searched -> assertThat(searched.meaning).as(searched.question.text).hasSizeLessThanOrEqualTo(5));
        assertThat(unanswered.stream().filter(searched -> searched.question.language.equals("en"))
                .mapToInt(searched -> searched.meaning.size()).average().orElseThrow()).isLessThanOrEqualTo(2);
    }
}
