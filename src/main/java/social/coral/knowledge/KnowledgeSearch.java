package social.coral.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    static final String WORDS = "words";
    static final String MEANING = "meaning";

    private static final Logger log = LoggerFactory.getLogger(KnowledgeSearch.class);
    private static final int AT_ONCE = 4;
    private static final String BEHIND = "Some of your newest posts cannot be found yet. Search again in a moment.";
    private static final String WITHOUT_MEANING = "Only words were searched, because searching by meaning does not work right now.";
    private static final String WORDS_ALONE = "Only words were searched. ";
    private static final String WITHOUT_MODEL = "Only words were searched, because there is no model here to search by meaning. You can choose one with your own key.";
    private static final String WITHOUT_WORDS = "Only meaning was searched, because searching by words does not work right now.";

    private final KnowledgeIndexes indexes;
    private final ItemRows rows;
    private final MeaningSearch meaning;
    private final Map<String, KnowledgeKind> kinds;
    private final TenantShares shares = new TenantShares(1, AT_ONCE);
    private final SearchLimit persons = SearchLimit.ofPersons();
    private final SearchLimit runs = SearchLimit.ofRuns();

    KnowledgeSearch(KnowledgeIndexes indexes, ItemRows rows, MeaningSearch meaning, List<KnowledgeKind> kinds) {
        this.indexes = indexes;
        this.rows = rows;
        this.meaning = meaning;
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(KnowledgeKind::name, kind -> kind));
    }

    /** Counts the texts that can be searched and are of another kind, up to 10,000. */
    public int countBeside(String kind) {
        return rows.count(kinds.keySet().stream().filter(other -> !other.equals(kind)).toList());
    }

    /** A text of another room, of which the item is a piece. */
    private record Source(String kind, UUID id) {
        static Source of(Item item) {
            return new Source(item.kind(), item.source());
        }
    }

    /** What both ways have found, each the best first. */
    private record Rankings(List<Found> words, List<Hit> meaning, JointRanking joint, Set<String> notices) {
        Set<UUID> items() {
            Set<UUID> items = new HashSet<>();
            words.forEach(found -> items.add(found.item()));
            meaning.forEach(hit -> items.add(hit.item()));
            return items;
        }

        /** Whether there may be more than was asked for. */
        boolean isFull(int depth) {
            return words.size() == depth || meaning.size() == depth;
        }
    }

    /** Answers with as much as can be found now. 429 when a tenant asks too often, 503 when nothing can be searched. */
    public KnowledgeAnswer search(KnowledgeQuestion question) {
        return search(question, persons);
    }

    /** As {@link #search}, for the tenant's runs, which have a limit of their own: what agents search does not keep the person from it. */
    public KnowledgeAnswer searchForRun(KnowledgeQuestion question) {
        return search(question, runs);
    }

    private KnowledgeAnswer search(KnowledgeQuestion question, SearchLimit limit) {
        if (question.kind() != null && !kinds.containsKey(question.kind())) {
            throw Failure.invalid("kind", "\"kind\" must be " + String.join(" or ", new TreeSet<>(kinds.keySet())) + ".");
        }
        limit.admit(Tenant.current());
        // A model outside may be slow. Nobody else's search waits for it.
        Asking asking = ask(question);
        try (TenantShares.Place place = shares.take(Tenant.current())) {
            Rankings rankings = rankings(question, asking, JointRanking.DEPTH);
            KnowledgeAnswer answer = answer(question, rankings);
            // Texts that say the same, and the pieces of one text, leave less than there is room for.
            return answer.results().size() < question.limit() && rankings.isFull(JointRanking.DEPTH)
                    ? answer(question, rankings(question, asking, JointRanking.MAX_DEPTH)) : answer;
        }
    }

    /** A question as a model has read it, if one could, and what there is to say of that. */
    private record Asking(Optional<MeaningSearch.Asked> asked, Set<String> notices) {}

    private Asking ask(KnowledgeQuestion question) {
        Set<String> notices = new LinkedHashSet<>();
        if (question.isLiteral()) {
            return new Asking(Optional.empty(), notices);
        }
        try {
            Optional<MeaningSearch.Asked> asked = meaning.ask(question, notices);
            if (asked.isEmpty()) {
                notices.add(WITHOUT_MODEL);
            }
            return new Asking(asked, notices);
        } catch (EmbeddingsPaused pause) {
            notices.add(WORDS_ALONE + pause.sentence());
        } catch (EmbeddingsFault e) {
            log.warn("A search went without meaning. {}", e.getMessage());
            notices.add(WITHOUT_MEANING);
        }
        return new Asking(Optional.empty(), notices);
    }

    private Rankings rankings(KnowledgeQuestion question, Asking asking, int depth) {
        Set<String> notices = new LinkedHashSet<>();
        List<Found> words = List.of();
        boolean failed = false;
        try {
            if (!indexes.followShortly(indexes.followedWords())) {
                notices.add(BEHIND);
            }
            words = indexes.words().search(question.text(), question.narrowing(), depth);
        } catch (IndexFault e) {
            log.warn("A search went without words. {}", e.getMessage());
            notices.add(WITHOUT_WORDS);
            failed = true;
        }
        notices.addAll(asking.notices());
        if (asking.asked().isPresent()) {
            MeaningSearch.Asked asked = asking.asked().get();
            try {
                return joined(words, meaning.nearest(asked, question, depth, notices), asked.known(), notices);
            } catch (IndexFault e) {
                log.warn("A search went without meaning. {}", e.getMessage());
                notices.add(WITHOUT_MEANING);
            }
        }
        if (failed) {
            throw Failure.busy();
        }
        return new Rankings(words, List.of(), JointRanking.WITHOUT_MEANING, notices);
    }

    private static Rankings joined(List<Found> words, List<Hit> nearest, double known, Set<String> notices) {
        JointRanking joint = nearest.isEmpty() ? JointRanking.WITHOUT_MEANING : JointRanking.of(known, !words.isEmpty());
        return new Rankings(words, joint.meaning(nearest), joint, notices);
    }

    private KnowledgeAnswer answer(KnowledgeQuestion question, Rankings rankings) {
        // What the indexes still have of texts that are gone is not there any more.
        Map<UUID, Item> items = rows.of(rankings.items()).stream().collect(Collectors.toMap(Item::id, item -> item));
        Map<Source, Item> byWords = best(rankings.words().stream().map(Found::item).toList(), items);
        Map<Source, Item> byMostWords = best(rankings.words().stream().filter(Found::most).map(Found::item).toList(), items);
        Map<Source, Item> byMeaning = best(rankings.meaning().stream().map(Hit::item).toList(), items);
        Map<Source, Double> scores = rankings.joint().join(List.copyOf(byWords.keySet()), List.copyOf(byMostWords.keySet()), List.copyOf(byMeaning.keySet()));
        Map<Object, Group> groups = new LinkedHashMap<>();
        Set<Object> left = new HashSet<>();
        scores.entrySet().stream().sorted(Map.Entry.<Source, Double>comparingByValue().reversed()).forEach(ranked -> {
            Item words = byWords.get(ranked.getKey());
            Item item = words != null ? words : Objects.requireNonNull(byMeaning.get(ranked.getKey()));
            Object key = question.each() ? ranked.getKey() : Group.key(item);
            Group same = groups.putIfAbsent(key, new Group(item, ranked.getValue()));
            if (same != null) {
                same.alike++;
            }
            if (item.source().equals(question.unlike()) && KnowledgeQuestion.like(item.text()).equals(question.text())) {
                left.add(key);
            }
        });
        groups.keySet().removeAll(left);
        Map<UUID, List<Match>> matches = rankings.words().stream().collect(Collectors.toMap(
                Found::item, found -> found.words().stream().map(word -> new Match(word.start(), word.end())).toList()));
        List<Group> shown = groups.values().stream().limit(question.limit()).toList();
        Map<Source, KnowledgeSource> sources = read(shown);
        List<Result> results = new ArrayList<>();
        for (Group group : shown) {
            Source key = Source.of(group.item);
            KnowledgeSource source = sources.get(key);
            if (source != null) {
                List<String> foundBy = Stream.of(byWords.containsKey(key) ? WORDS : "", byMeaning.containsKey(key) ? MEANING : "")
                        .filter(way -> !way.isEmpty()).toList();
                results.add(new Result(key.kind(), key.id(), group.item.text(), group.score, source.origin(), source.author(), source.writtenAt(),
                        source.link(), foundBy, group.alike, !group.item.whole(), matches.getOrDefault(group.item.id(), List.of())));
            }
        }
        return new KnowledgeAnswer(results, rankings.notices().isEmpty() ? null : String.join(" ", rankings.notices()));
    }

    /** The best of texts that say the same. */
    private static final class Group {
        final Item item;
        final double score;
        int alike;

        Group(Item item, double score) {
            this.item = item;
            this.score = score;
        }

        /** What texts of a group have in common. A piece of a text says nothing about the others. */
        static Object key(Item item) {
            return item.whole() ? SameText.key(item.text()) : Source.of(item);
        }
    }

    /** The texts with their best pieces, in the order of these. */
    private static Map<Source, Item> best(List<UUID> ranking, Map<UUID, Item> items) {
        Map<Source, Item> best = new LinkedHashMap<>();
        for (UUID id : ranking) {
            Item item = items.get(id);
            if (item != null) {
                best.putIfAbsent(Source.of(item), item);
            }
        }
        return best;
    }

    private Map<Source, KnowledgeSource> read(List<Group> groups) {
        Map<Source, KnowledgeSource> sources = new HashMap<>();
        groups.stream().map(group -> group.item).collect(Collectors.groupingBy(Item::kind, Collectors.mapping(Item::source, Collectors.toSet())))
                .forEach((kind, ids) -> Objects.requireNonNull(kinds.get(kind)).read(ids).forEach(source -> sources.put(new Source(kind, source.id()), source)));
        return sources;
    }
}
