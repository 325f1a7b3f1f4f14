package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Remark;
import social.coral.networks.Post;

/** What databases and other programs do to a table: escapes, tabs without quotes, character sets. No text is stored as anything else than was written. */
class TableDialectTest {

    private static final String HEADER = "id\ttext\tcreated_at\tin_reply_to_id\n";
    private static final String TIME = "2025-06-03T10:00:00Z";

    private MemoryStore store = new MemoryStore();

    @Test
    void theTextFormOfDatabasesIsDecoded() {
        run(HEADER + "1929840480875446273\tline one\\nline two \\\\ back\\tto \"it\"\t" + TIME + "\t\\N\n"
                + "1929840480875446274\tof MySQL\\\nnext\t" + TIME + "\t1929840480875446273\n");
        assertThat(store.all()).extracting(Post::text).containsExactly("line one\nline two \\ back\tto \"it\"", "of MySQL\nnext");
        assertThat(store.all()).extracting(Post::inReplyToId).containsExactly(null, "1929840480875446273");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id\ttext\tcreated_at\n1929840480875446273\tline one\\nline two\t%s\n", "id,text,created_at\n1929840480875446273,\"line\\\nnext\",%s\n"})
    void aBackslashThatMayBeOfADatabaseIsToldAndNotStored(String file) {
        ImportResult result = run(file.formatted(TIME));
        assertThat(store.all()).isEmpty();
        assertThat(result.rejected()).extracting(Remark::reason).singleElement().asString().contains("backslashes", "CSV");
    }

    /** A text that a program or a spreadsheet wrote for none, and what is told. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "nan|The text is missing.", "NULL|The text is missing.", "None|The text is missing.", "<NA>|The text is missing.",
        "#NAME?|error of a spreadsheet (#NAME?)", "#DIV/0!|error of a spreadsheet", "######|error of a spreadsheet",
        "b'caf\\xc3\\xa9 time'|as a program writes bytes", "b\"it's\"|as a program writes bytes"})
    void aTextThatIsNoneIsRejectedAsSuch(String text, String words) {
        ImportResult result = run("id,text,created_at\n1929840480875446273,\"" + text.replace("\"", "\"\"") + "\"," + TIME + "\n");
        assertThat(store.all()).isEmpty();
        assertThat(result.rejected()).singleElement().extracting(Remark::reason).asString().contains(words);
    }

    @Test
    void bytesInJsonAreToldToo() {
        assertThat(run("[{\"id\":\"1929840480875446273\",\"text\":\"b'caf\\\\xc3'\",\"created_at\":\"" + TIME + "\"}]").rejected()).extracting(Remark::reason)
                .singleElement().asString().contains("writes bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf\\u00e9 \\ud83d\\ude00", "Hi <a href='https://x.com/a'>@a</a>", "one<br>two", "one<br/>two",
        "a &amp; b", "one\\nline two"})
    void aTextWithEscapesOrTagsIsTold(String text) {
        ImportResult result = run("id,text,created_at\n1929840480875446273,\"" + text + "\"," + TIME + "\n");
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().contains("letters written as escapes");
        assertThat(run("id,text,created_at\n1929840480875446273,a <3 b > c \\o/ #NAME," + TIME + "\n").notes()).isEmpty();
    }

    @Test
    void aTableWithTabsThatQuotesNothingIsReadAsItStands() {
        run("id\ttext\tcreated_at\n1929840480875446273\t\"Hello\" he said\t" + TIME + "\n1929840480875446274\t\"all of it\"\t" + TIME
                + "\n1929840480875446275\t\"never closed\t" + TIME + "\n");
        assertThat(store.all()).extracting(Post::text).containsExactly("\"Hello\" he said", "\"all of it\"", "\"never closed");
    }

    @Test
    void aTableWithTabsThatQuotesIsReadByItsQuotes() {
        run("id\ttext\tcreated_at\n1929840480875446273\t\"one\ntwo\tthree \"\"four\"\"\"\t" + TIME + "\n1929840480875446274\tthe 5\" pipe\t" + TIME + "\n");
        assertThat(store.all()).extracting(Post::text).containsExactly("one\ntwo\tthree \"four\"", "the 5\" pipe");
    }

    @Test
    void aQuoteThatBeginsATextFarDownCostsItsRowAtMost() {
        StringBuilder file = new StringBuilder("id\ttext\tcreated_at\n");
        for (int i = 0; i < 2_000; i++) {
            file.append(1929840480875446300L + i).append("\tplain words of a post\t").append(TIME).append('\n');
        }
        ImportResult result = run(file + "1929840480875446273\t\"Hello\" he said\t" + TIME + "\n1929840480875446274\t\"say \"\"hi\"\"\"\t" + TIME
                + "\n1929840480875446275\tlast\t" + TIME + "\n");
        assertThat(result.imported()).isEqualTo(2_002);
        assertThat(store.all()).extracting(Post::text).contains("say \"hi\"", "last");
        assertThat(result.rejected()).extracting(Remark::where).containsExactly("Line 2002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE"})
    void theUnicodeOfOtherProgramsIsRead(String charset) {
        for (String mark : new String[] {"\uFEFF", ""}) {
            run((mark + "id,text,created_at\n1929840480875446273,Zoë 🐠," + TIME + "\n").getBytes(Charset.forName(charset)));
            assertThat(store.all()).as(charset).extracting(Post::text).containsExactly("Zoë 🐠");
        }
    }

    /** Sentences whose letters windows-1252 also has, but as others. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "windows-1250|Zażółć gęślą jaźń",
        "windows-1250|Příliš žluťoučký kůň úpěl ďábelské ódy",
        "windows-1250|Az árvíztűrő tükörfúrógép őrzi a hűtőt",
        "windows-1250|Şi el a spus că fetiţa îşi doreşte ţara",
        "ISO-8859-2|Zażółć gęślą jaźń",
        "windows-1251|Сегодня мы были на море",
        "KOI8-R|Сегодня мы были на море",
        "IBM866|Сегодня мы были на море",
        "windows-1253|Σήμερα ήμασταν στη θάλασσα",
        "windows-1254|İstanbul ışıklarını çok özledim, değil mi",
        "windows-1255|היום היינו בים",
        "windows-1257|Šodien mēs bijām pie jūras, ļoti skaisti ķēniņi, žagari",
        "IBM850|Grüße aus Köln, schöne Straße",
        "x-MacRoman|Grüße aus Köln, schöne Straße",
        "x-MacRoman|Ça a été très agréable, déjà l’été",
        "Shift_JIS|今日は海に行きました"})
    void aTableWhoseLettersCannotBeToldIsRefusedWithWhatToDo(String charset, String text) {
        byte[] file = ("id,text,created_at\n1929840480875446273,\"" + text + "\"," + TIME + "\n").getBytes(Charset.forName(charset));
        assertThatThrownBy(() -> run(file)).as(charset + " " + text)
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.sentence()).contains("Save it as UTF-8"));
        assertThat(store.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Grüße aus Köln, schöne Straße – 5 € „schön“", "Ça a été très agréable, déjà l’été, un œuf où ça", "El año pasado, ¿qué pasó? ¡Más allá! 1º y 2ª",
        "As nações não são irmãs à mercê de opiniões", "Älä hätäile, yö on vielä pitkä, päässä", "På ön växer blåbär", "Rødgrød med fløde på æblet",
        "Het coöperatieve idee", "25 m² à 3 °C, l·lusió", "plain words – and “quotes”…"})
    void theLanguagesOfWindows1252AreReadAndToldToBe(String text) {
        ImportResult result = run(("id,text,created_at\n1929840480875446273,\"" + text + "\"," + TIME + "\n").getBytes(Charset.forName("windows-1252")));
        assertThat(store.all()).extracting(Post::text).containsExactly(text);
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().contains("windows-1252");
    }

    @Test
    void whereTheFirstLetterBeyondAsciiStandsMakesNoDifference() {
        for (int rows : new int[] {0, 3_000}) {
            StringBuilder plain = new StringBuilder("id,text,created_at\n");
            for (int i = 0; i < rows; i++) {
                plain.append(1929840480875446300L + i).append(",plain words of a post,").append(TIME).append('\n');
            }
            run((plain + "1929840480875446273,Grüße aus Köln," + TIME + "\n").getBytes(Charset.forName("windows-1252")));
            assertThat(store.all()).extracting(Post::text).contains("Grüße aus Köln").hasSize(rows + 1);

            byte[] russian = (plain + "1929840480875446273,Сегодня мы были," + TIME + "\n").getBytes(Charset.forName("windows-1251"));
            if (rows > 0) {
                assertThat(run(russian).broken()).isNotNull().extracting(Remark::reason).asString().contains("Save it as UTF-8");
                assertThat(store.all()).hasSizeLessThanOrEqualTo(rows).allMatch(post -> post.text().equals("plain words of a post"));
            } else {
                assertThatThrownBy(() -> run(russian)).isInstanceOf(Failure.class);
            }
        }
    }

    @Test
    void aHeaderLineWithoutEndIsRefused() {
        assertThatThrownBy(() -> run("id,text,created_at," + "x".repeat(1_000_000) + "\n1,a," + TIME + "\n")).isInstanceOf(Failure.class);
    }

    private ImportResult run(String file) {
        return run(file.getBytes(StandardCharsets.UTF_8));
    }

    private ImportResult run(byte[] file) {
        store = new MemoryStore();
        return Archives.read(store, file, "reef");
    }
}
