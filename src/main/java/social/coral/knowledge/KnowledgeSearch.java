package social.coral.knowledge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.knowledge.ItemRows.Item;
import social.coral.knowledge.KnowledgeAnswer.Match;
import social.coral.knowledge.KnowledgeAnswer.Result;
import social.coral.knowledge.TenantVectors.Hit;
import social.coral.knowledge.TenantWords.Found;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantShares;

/** Searches the current tenant's texts by their words and by their meaning, and joins both by rank. */
@Component
public class KnowledgeSearch {

    /** How many searches of one tenant are answered in a minute. */
    static final int PER_MINUTE = 60;

    static final String WORDS = "words";
    static final String MEANING = "meaning";

    private static final Logger log = LoggerFactory.getLogger(KnowledgeSearch.class);
    private static final int MAX_TENANTS = 100_000;
    private static final int AT_ONCE = 4;
    /** How deep each ranking is read. */
    private static final int DEPTH = 100;
    /** Below it texts have nothing to do with each other, as far as the model knows. */
    private static final float MIN_SIMILARITY = 0.3f;
    private static final String BEHIND = "Some of your newest posts cannot be found yet. Search again in a moment.";
    private static final String WITHOUT_MEANING = "Only words were searched, because searching by meaning does not work right now.";
    private static final String WITHOUT_WORDS = "Only meaning was searched, because searching by words does not work right now.";

    private final KnowledgeIndexes indexes;
    private final ItemRows rows;
    private final Generations generations;
    private final Embeddings embeddings;
    private final Map<String, KnowledgeKind> kinds;
    private final TenantShares shares = new TenantShares(1, AT_ONCE);
    private final Cache<Tenant, Bucket> limits = Caffeine.newBuilder().maximumSize(MAX_TENANTS).expireAfterAccess(Duration.ofMinutes(1)).build();

    KnowledgeSearch(KnowledgeIndexes indexes, ItemRows rows, Generations generations, Embeddings embeddings, List<KnowledgeKind> kinds) {
        this.indexes = indexes;
        this.rows = rows;
        this.generations = generations;
        this.embeddings = embeddings;
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(KnowledgeKind::name, kind -> kind));
    }

    /** A text of another room, of which the item is a piece. */
    private record Source(String kind, UUID id) {
        static Source of(Item item) {
            return new Source(item.kind(), item.source());
        }
    }

    /** What both ways have found, each the best first. */
    private record Rankings(List<Found> words, List<Hit> meaning, Set<String> notices) {
        Set<UUID> items() {
            Set<UUID> items = new HashSet<>();
            words.forEach(found -> items.add(found.item()));
            meaning.forEach(hit -> items.add(hit.item()));
            return items;
        }
    }

    /** Answers with as much as can be found now. 429 when a tenant asks too often, 503 when nothing can be searched. */
    public KnowledgeAnswer search(KnowledgeQuestion question) {
        admit();
        try (TenantShares.Place place = shares.take(Tenant.current())) {
            return answer(question, rankings(question));
        }
    }

    private void admit() {
        ConsumptionProbe probe = limits.get(Tenant.current(), first -> Bucket.builder()
                .addLimit(limit -> limit.capacity(PER_MINUTE).refillGreedy(PER_MINUTE, Duration.ofMinutes(1))).build()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            int seconds = (int) Math.max(1, Math.ceilDiv(probe.getNanosToWaitForRefill(), 1_000_000_000L));
            throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited",
                    "You can search " + PER_MINUTE + " times a minute. Try again in " + seconds + " s.").retryAfter(seconds);
        }
    }

    private Rankings rankings(KnowledgeQuestion question) {
        Set<String> notices = new LinkedHashSet<>();
        List<Found> words = List.of();
        boolean failed = false;
        try {
            if (!indexes.followShortly(indexes.followedWords())) {
                notices.add(BEHIND);
            }
            words = indexes.words().search(question.text(), question.narrowing(), DEPTH);
        } catch (IndexFault e) {
            log.warn("A search went without words. {}", e.getMessage());
            notices.add(WITHOUT_WORDS);
            failed = true;
        }
        try {
            return new Rankings(words, question.isLiteral() ? List.of() : nearest(question, notices), notices);
        } catch (IndexFault | EmbeddingsFault e) {
            log.warn("A search went without meaning. {}", e.getMessage());
            if (failed) {
                throw Failure.busy();
            }
            notices.add(WITHOUT_MEANING);
            return new Rankings(words, List.of(), notices);
        }
    }

    private List<Hit> nearest(KnowledgeQuestion question, Set<String> notices) {
        List<Hit> nearest = new ArrayList<>();
        for (Generation generation : generations.list()) {
            if (generation.model().equals(embeddings.model()) && generation.width() == embeddings.width()) {
                FollowedIndex followed = indexes.followedVectors(generation);
                boolean upToDate = indexes.vectors().position(generation.number()).isEmpty() || indexes.followShortly(followed);
                if (!upToDate || generation.embeddedTo() < rows.extent().lastChange()) {
                    notices.add(BEHIND);
                }
                float[] vector = embeddings.of(List.of(question.text())).getFirst();
                indexes.vectors().nearest(generation.number(), vector, question.narrowing(), DEPTH).stream()
                        .filter(hit -> hit.similarity() >= MIN_SIMILARITY).forEach(nearest::add);
            }
        }
        return nearest;
    }

    private KnowledgeAnswer answer(KnowledgeQuestion question, Rankings rankings) {
        // What the indexes still have of texts that are gone is not there any more.
        Map<UUID, Item> items = rows.of(rankings.items()).stream().collect(Collectors.toMap(Item::id, item -> item));
        Map<Source, Item> best = new LinkedHashMap<>();
        Map<UUID, List<Match>> matches = new HashMap<>();
        rankings.words().forEach(found -> matches.put(found.item(), found.words().stream().map(word -> new Match(word.start(), word.end())).toList()));
        List<Source> byWords = sources(rankings.words().stream().map(Found::item).toList(), items, best);
        List<Source> byMeaning = sources(rankings.meaning().stream().map(Hit::item).toList(), items, best);
        List<List<Source>> searched = question.isLiteral() || rankings.notices().contains(WITHOUT_MEANING) ? List.of(byWords) : List.of(byWords, byMeaning);
        List<Map.Entry<Source, Double>> ranked = RankFusion.of(searched).entrySet().stream()
                .sorted(Map.Entry.<Source, Double>comparingByValue().reversed()).toList();

        List<Group> groups = new ArrayList<>();
        for (Map.Entry<Source, Double> each : ranked) {
            Item item = best.getOrDefault(each.getKey(), items.values().iterator().next());
            Resemblance resemblance = Resemblance.of(item.text());
            Group same = groups.stream().filter(group -> group.resemblance.isLike(resemblance)).findFirst().orElse(null);
            if (same != null) {
                same.alike++;
            } else {
                groups.add(new Group(item, each.getValue(), resemblance));
            }
        }
        List<Group> shown = groups.stream().limit(question.limit()).toList();
        Map<Source, KnowledgeSource> sources = read(shown);
        List<Result> results = new ArrayList<>();
        for (Group group : shown) {
            Source key = Source.of(group.item);
            KnowledgeSource source = sources.get(key);
            if (source != null) {
                List<String> foundBy = new ArrayList<>();
                if (byWords.contains(key)) {
                    foundBy.add(WORDS);
                }
                if (byMeaning.contains(key)) {
                    foundBy.add(MEANING);
                }
                results.add(new Result(key.kind(), key.id(), group.item.text(), group.score, source.origin(), source.author(), source.writtenAt(),
                        source.link(), foundBy, group.alike, matches.getOrDefault(group.item.id(), List.of())));
            }
        }
        return new KnowledgeAnswer(results, rankings.notices().isEmpty() ? null : String.join(" ", rankings.notices()));
    }

    /** The best of texts that say nearly the same. */
    private static final class Group {
        final Item item;
        final double score;
        final Resemblance resemblance;
        int alike;

        Group(Item item, double score, Resemblance resemblance) {
            this.item = item;
            this.score = score;
            this.resemblance = resemblance;
        }
    }

    /** The texts in the order of their best pieces, which are noted. */
    private static List<Source> sources(Collection<UUID> ranking, Map<UUID, Item> items, Map<Source, Item> best) {
        Set<Source> sources = new LinkedHashSet<>();
        for (UUID id : ranking) {
            Item item = items.get(id);
            if (item != null && sources.add(Source.of(item))) {
                best.putIfAbsent(Source.of(item), item);
            }
        }
        return List.copyOf(sources);
    }

    private Map<Source, KnowledgeSource> read(List<Group> groups) {
        Map<Source, KnowledgeSource> sources = new HashMap<>();
        groups.stream().map(group -> group.item).collect(Collectors.groupingBy(Item::kind, Collectors.mapping(Item::source, Collectors.toSet())))
                .forEach((kind, ids) -> kinds.get(kind).read(ids).forEach(source -> sources.put(new Source(kind, source.id()), source)));
        return sources;
    }
}
