package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.imports.ImportResult.Remark;
import social.coral.networks.PostIds;

/** Ids that a program rounded are found out by all ids of a file, and the ids that X gives are not taken for them. */
class RoundedIdsTest {

    private static final long FIRST = 1_929_840_480_875_446_272L;
    private static final String ROW = "%s,post %d,2025-06-03T10:00:00Z\n";
    private static final String OBJECT = "{\"id\": %s, \"text\": \"post %d\", \"created_at\": \"2025-06-03T10:00:00Z\"}";

    private MemoryStore store = new MemoryStore();

    /** How an id is rounded, in how many rows it shows, and whether the ids are text. */
    @ParameterizedTest
    @CsvSource({"FLOATING_POINT,20", "FLOATING_POINT,2", "JAVASCRIPT,20", "JAVASCRIPT,3", "SPREADSHEET,20", "SPREADSHEET,1"})
    void roundedIdsAreRejectedInTablesAndInJsonAlike(Rounding rounding, int rows) {
        for (String file : new String[] {table(rows, rounding.by), json(rows, rounding.by, "%d"), json(rows, rounding.by, "\"%d\""), lines(rows, rounding.by)}) {
            ImportResult result = run(file);
            assertThat(store.all()).as(file).isEmpty();
            assertThat(result.rejectedCount()).isEqualTo(rows);
            assertThat(result.rejected()).extracting(Remark::reason).allSatisfy(reason -> assertThat(reason).contains("rounded the id"));
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOATING_POINT,12", "FLOATING_POINT,2", "JAVASCRIPT,12", "SPREADSHEET,1"})
    void roundedParentsAreLeftOutAndToldWhereTheIdsAreWhole(Rounding rounding, int rows) {
        ImportResult result = run("id,text,created_at,in_reply_to_status_id\n" + all(200, row -> String.format(Locale.ROOT, "%d,post %d,2025-06-03T10:00:00Z,%s\n", id(row), row,
                row > rows ? "" : rounding.by.applyAsLong(id(row - 1_000))), ""));
        assertThat(store.all()).hasSize(200).allMatch(post -> post.inReplyToId() == null);
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().contains("has rounded the id");
    }

    @Test
    void aParentThatManyPostsAnswerTellsNoMoreThanOnce() {
        run("id,text,created_at,in_reply_to_status_id\n" + all(50, row -> String.format(Locale.ROOT, "%d,post %d,2025-06-03T10:00:00Z,%d\n", id(row), row, id(-1_000) >> 8 << 8), ""));
        assertThat(store.all()).hasSize(50).allMatch(post -> post.inReplyToId() != null);
    }

    @Test
    void oneRoundedIdAmongManyWholeOnesIsOneByChance() {
        for (Rounding rounding : Rounding.values()) {
            assertThat(run(table(400, id -> id == id(7) ? rounding.by.applyAsLong(id) : id)).imported()).as(rounding.name()).isEqualTo(400);
        }
    }

    /** The ids of posts that were the first of their millisecond, as most are, can all be held in floating point. */
    @Test
    void aFewIdsThatAreTheFirstOfTheirMillisecondAreWhole() {
        ImportResult few = run(table(12, id -> id >> 12 << 12));
        assertThat(few.imported()).isEqualTo(12);
        assertThat(few.notes()).isEmpty();
        ImportResult some = run(table(20, id -> id >> 12 << 12));
        assertThat(some.imported()).isEqualTo(20);
        assertThat(some.notes()).extracting(Remark::reason).singleElement().asString().contains("Check that the links");
        assertThat(run(table(3_000, id -> id % 10 < 2 ? id : id >> 12 << 12)).imported()).isEqualTo(3_000);
        assertThat(run(table(3_000, id -> id >> 12 << 12)).imported()).isZero();
    }

    @Test
    void whatXGivesAsTextIsNeverTakenForRounded() {
        assertThat(run(json(400, id -> id >> 12 << 12, "%d").replace("\"id\": ", "\"id_str\": ")).imported()).isEqualTo(400);
    }

    @Test
    void theNumbersOfRowsAreNoIdsInJsonEither() {
        ImportResult result = run(json(3, id -> (id - FIRST) / 1_234_567 / 4_096, "%d"));
        assertThat(result.imported()).isEqualTo(3);
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().contains("row numbers");
        assertThat(store.all()).allMatch(post -> PostIds.isDerived(post.id()));
    }

    private enum Rounding {
        FLOATING_POINT(id -> (long) (double) id),
        JAVASCRIPT(id -> new BigDecimal(Double.toString(id)).longValueExact()),
        SPREADSHEET(id -> id / 10_000 * 10_000);

        private final LongUnaryOperator by;

        Rounding(LongUnaryOperator by) {
            this.by = by;
        }
    }

    private static long id(int row) {
        return FIRST + row * 1_234_567L * 4_096 + row * 613 % 4_096;
    }

    private static String table(int rows, LongUnaryOperator by) {
        return "id,text,created_at\n" + all(rows, row -> String.format(Locale.ROOT, ROW, by.applyAsLong(id(row)), row), "");
    }

    private static String json(int rows, LongUnaryOperator by, String form) {
        return "[" + all(rows, row -> String.format(Locale.ROOT, OBJECT, form.formatted(by.applyAsLong(id(row))), row), ", ") + "]";
    }

    private static String lines(int rows, LongUnaryOperator by) {
        return all(rows, row -> String.format(Locale.ROOT, OBJECT, by.applyAsLong(id(row)), row), "\n");
    }

    private static String all(int rows, IntFunction<String> row, String between) {
        return IntStream.rangeClosed(1, rows).mapToObj(row).collect(Collectors.joining(between));
    }

    private ImportResult run(String file) {
        store = new MemoryStore();
        return Archives.read(store, file.getBytes(StandardCharsets.UTF_8), "reef");
    }
}
