package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import social.coral.content.Tweet;
import social.coral.portability.Turns;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ImportProperties {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A row of a file, good or bad. */
    record Row(String id, String text, String createdAt, String likes) {

        ObjectNode json() {
            return JSON.createObjectNode().put("id_str", id).put("full_text", text).put("created_at", createdAt).put("favorite_count", likes);
        }

        /** Reports whether it has a value: spreadsheets write rows without one at the end of a table, and those are no rows. */
        boolean isAny() {
            return Stream.of(id, text, createdAt, likes).anyMatch(value -> !value.isBlank());
        }

        String csv() {
            return List.of(id, text, createdAt, likes).stream()
                    .map(value -> "\"" + value.replace("\"", "\"\"") + "\"")
                    .collect(Collectors.joining(","));
        }
    }

    @Property(tries = 300)
    void everyRowIsImportedSkippedOrRejectedAndTheSameFileAgainAddsNothing(@ForAll("files") String file, @ForAll("rowLists") List<Row> rows) {
        // A file without one post is refused as a whole.
        Assume.that(rows.stream().anyMatch(row -> !row.text().isBlank()));
        String written = switch (file) {
            case "tweets.js" -> rows.stream().map(row -> "{\"tweet\":" + row.json() + "}").collect(Collectors.joining(",\n", "window.YTD.tweets.part0 = [", "]"));
            case "array" -> rows.stream().map(row -> row.json().toString()).collect(Collectors.joining(",", "[", "]"));
            case "lines" -> rows.stream().map(row -> row.json().toString()).collect(Collectors.joining("\n", "", "\n"));
            default -> rows.stream().map(Row::csv).collect(Collectors.joining("\r\n", "Tweet ID,full_text,Created at,Likes\r\n", "\r\n"));
        };
        MemoryStore store = new MemoryStore();

        ImportResult first = run(written, store);
        assertThat(first.broken()).isNull();
        assertThat(first.imported() + first.skipped() + first.leftOut().all() + first.rejectedCount())
                .isEqualTo(rows.stream().filter(row -> !file.equals("csv") || row.isAny()).count());
        assertThat(first.imported()).isEqualTo(store.all().size());

        ImportResult second = run(written, store.again());
        assertThat(second.imported()).isZero();
        assertThat(second.skipped() + second.corrected()).isEqualTo(first.imported() + first.skipped());
        assertThat(second.rejected()).isEqualTo(first.rejected());
    }

    /** A part of an answer: posts or other parts under a name, beside what is none. */
    record Part(String name, boolean mapped, int posts, List<String> noise, List<Part> parts) {

        boolean isKnown() {
            return !name.equals("threads");
        }

        /** Returns how many posts are under names that are known. */
        int read() {
            return isKnown() ? posts + parts.stream().mapToInt(Part::read).sum() : 0;
        }

        /** Reports whether posts are under a name that is not known. */
        boolean hasUnread() {
            return isKnown() ? parts.stream().anyMatch(Part::hasUnread) : posts > 0 || parts.stream().anyMatch(part -> part.read() > 0 || part.hasUnread());
        }

        void write(ObjectNode into, AtomicLong next) {
            ArrayNode list = JSON.createArrayNode();
            for (int i = 0; i < posts; i++) {
                ObjectNode post = JSON.createObjectNode().put("id_str", String.valueOf(next.getAndIncrement())).put("full_text", "a post").put("created_at", "2024-10-01T12:00:00Z");
                list.add(i % 2 == 0 ? post : JSON.createObjectNode().set("tweet", post).set("items", JSON.createArrayNode()));
            }
            for (Part part : parts) {
                ObjectNode inside = JSON.createObjectNode();
                noise.forEach(other -> inside.set(other.split("=")[0], JSON.readTree(other.split("=")[1])));
                part.write(inside, next);
                list.add(inside);
            }
            ObjectNode map = JSON.createObjectNode();
            for (int i = 0; i < list.size(); i++) {
                map.set("key" + i, list.get(i));
            }
            into.set(name, mapped ? map : list);
        }
    }

    @Property(tries = 500)
    void postsInAnyKnownWrappersAreAllStoredAndOthersAreNamed(@ForAll("answers") List<Part> parts, @ForAll boolean inList) {
        ObjectNode answer = JSON.createObjectNode();
        AtomicLong next = new AtomicLong(1841088573646540801L);
        parts.forEach(part -> part.write(answer, next));
        int read = parts.stream().mapToInt(Part::read).sum();
        Assume.that(read > 0);
        MemoryStore store = new MemoryStore();

        ImportResult result = run(inList ? "[" + answer + ",{\"data\":[]}]" : answer.toString(), store);
        assertThat(store.all()).as(answer.toString()).hasSize(read);
        assertThat(result.notes().stream().anyMatch(note -> note.reason().contains("“threads”"))).as(answer.toString()).isEqualTo(parts.stream().anyMatch(Part::hasUnread));
    }

    @Provide
    Arbitrary<List<Part>> answers() {
        Arbitrary<Part> inner = parts(Arbitraries.just(List.of()));
        return parts(inner.list().uniqueElements(Part::name).ofMaxSize(2)).list().uniqueElements(Part::name).ofMinSize(1).ofMaxSize(4);
    }

    private static Arbitrary<Part> parts(Arbitrary<List<Part>> inside) {
        Arbitrary<String> names = Arbitraries.of("data", "tweets", "posts", "statuses", "items", "results", "messages", "objects", "edges", "threads");
        Arbitrary<List<String>> noise = Arbitraries.of("hits=[]", "node={}", "_source={\"lang\":\"en\"}", "meta={\"result_count\":3}", "total=7", "next=null", "cursor=\"abc\"")
                .list().uniqueElements().ofMaxSize(4);
        return Combinators.combine(names, Arbitraries.of(true, false), Arbitraries.integers().between(0, 3), noise, inside).as(Part::new);
    }

    private static ImportResult run(String file, MemoryStore store) {
        try (ImportRun run = new ImportRun(store, "reef", false, Turns.free())) {
            run.read(Archives.stream(file), null);
            return run.end();
        }
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.of("tweets.js", "array", "lines", "csv");
    }

    @Provide
    Arbitrary<List<Row>> rowLists() {
        Arbitrary<String> ids = Arbitraries.oneOf(Arbitraries.longs().between(1, 300).map(String::valueOf), Arbitraries.longs().between(1, Long.MAX_VALUE).map(String::valueOf),
                Arbitraries.of("", "0", "1e18", "-4", "x"));
        Arbitrary<String> texts = Arbitraries.strings().all().ofMaxLength(60);
        Arbitrary<String> times = Arbitraries.of("2024-10-01T12:00:00Z", "Tue Oct 01 12:00:00 +0000 2024", "2024-10-01", "", "soon", "+999999999-01-01T00:00:00Z");
        Arbitrary<String> likes = Arbitraries.of("0", "17", "", "99999999999", "-1", "many");
        return Combinators.combine(ids, texts, times, likes).as(Row::new).list().ofMinSize(1).ofMaxSize(450).map(ArrayList::new);
    }
}
