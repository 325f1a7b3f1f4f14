package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.knowledge.TenantWords.Entry;
import social.coral.knowledge.TenantWords.Found;
import social.coral.tenancy.Tenant;

class WordIndexTest {

    private static final Tenant ADA = VectorIndexContract.tenants(2).getFirst();
    private static final Tenant BO = VectorIndexContract.tenants(2).getLast();

    private static final List<Map.Entry<String, String>> TEXTS = List.of(
            Map.entry("en", "Running a small reef tank taught me patience. #CoralReef www.blog.example.com/reefs?x=1"),
            Map.entry("en", "The banks raised their rates again, says @finance_daily."),
            Map.entry("de", "Die Häuser an der Straße wurden verkauft, die Gärten blieben."),
            Map.entry("fr", "Les chevaux boivent l'eau de la rivière près de l’église."),
            Map.entry("es", "Las ciudades pequeñas necesitan más árboles y menos coches."),
            Map.entry("it", "Le ragazze leggono i libri nell'ombra degli alberi."),
            Map.entry("pt", "Os animais do oceano dependem dos corais."),
            Map.entry("nl", "De boeken liggen buiten."),
            Map.entry("sv", "Båtarna ligger vid bryggorna."),
            Map.entry("ru", "Коралловые рифы умирают из-за потепления океанов."),
            Map.entry("zh", "海水升温导致珊瑚礁白化。"),
            Map.entry("ja", "東京の水族館でサンゴを見ました。"),
            Map.entry("ko", "바다에서 산호초를 보았다."),
            Map.entry("th", "ปะการังกำลังฟอกขาวในทะเล"),
            Map.entry("ar", "الشعاب المرجانية تموت في البحار الدافئة."),
            Map.entry("und", "Ｎｏｔｈｉｎｇ is as Ⅻ naïve as Zürich's 🐠 e-mail to O'Brien, node.js 3.5 fans"),
            Map.entry("und", "Nobody reads this s_\u3032 \u00e7_\u3034 \uffb3.\u00b5 \u1100'\u00b5 \u014c_\u309c hello"),
            Map.entry("es", "Mi gato duerme en casa y los niños cantan, pasan los años."),
            Map.entry("en", "CO₂ levels, E=mc² on a shirt, a flat of 80 m²"));

    @TempDir
    private Path folder;
    private WordIndex index;

    @BeforeEach
    void fill() {
        index = new WordIndex(folder, 4);
        List<Entry> entries = new ArrayList<>();
        for (int number = 0; number < TEXTS.size(); number++) {
            entries.add(entry(number, TEXTS.get(number).getValue(), TEXTS.get(number).getKey()));
        }
        index.of(ADA).put(entries);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static Entry entry(int number, String text, String language) {
        return new Entry(new UUID(0, number), text, language, number % 2 == 0 ? "post" : "blog", number == 0 ? null : "author" + number,
                Instant.parse("2026-03-01T08:00:00Z").plusSeconds(number));
    }

    private static String text(Found found) {
        return TEXTS.get((int) found.item().getLeastSignificantBits()).getValue();
    }

    private List<Found> search(String typed) {
        return index.of(ADA).search(typed, Narrowing.NONE, 10);
    }

    /** The first text that is found begins so, and these are the words that were found in it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            run                         | Running     | Running
            RUNNING reefs               | Running     | Running; reef; reefs
            patience                    | Running     | patience
            #coralreef                  | Running     | CoralReef
            coralreef                   | Running     | CoralReef
            @coralreef                  | Running     | CoralReef
            example.com                 | Running     | www.blog.example.com
            blog.example.com            | Running     | www.blog.example.com
            https://www.example.com/a?b | Running     | www.blog.example.com
            bank rate                   | The banks   | banks; rates
            @finance_daily              | The banks   | finance_daily
            finance_daily               | The banks   | finance_daily
            finance                     | The banks   | finance_daily
            "raised their rates"        | The banks   | raised their rates
            “their rates” bank          | The banks   | banks; their rates
            the                         | The banks   | The
            what of the banks           | The banks   | The; banks
            haus                        | Die Häuser  | Häuser
            hauser                      | Die Häuser  | Häuser
            strasse                     | Die Häuser  | Straße
            STRASSE garten              | Die Häuser  | Straße; Gärten
            cheval                      | Les chevaux | chevaux
            eau                         | Les chevaux | l'eau
            l'eau                       | Les chevaux | l'eau
            eglise                      | Les chevaux | l’église
            riviere                     | Les chevaux | rivière
            ciudad                      | Las ciud    | ciudades
            arbol                       | Las ciud    | árboles
            ragazza                     | Le ragazze  | ragazze
            libro ombra                 | Le ragazze  | libri; nell'ombra
            coral                       | Os animais  | corais
            boek                        | De boeken   | boeken
            båt                         | Båtarna     | Båtarna
            коралловый риф              | Коралловые  | Коралловые; рифы
            океан                       | Коралловые  | океанов
            珊瑚                        | 海水        | 珊瑚
            珊瑚礁                      | 海水        | 珊瑚礁
            珊瑚白化                    | 海水        | 珊瑚; 白化
            海水白化吗？                | 海水        | 海水; 白化
            礁                          | 海水        | 礁
            東京                        | 東京        | 東京
            水族館                      | 東京        | 水族館
            水族館へ行きたい            | 東京        | 水族館
            なぜ東京のサンゴなのか      | 東京        | 東京; サンゴ
            ｻﾝｺﾞ                        | 東京        | サンゴ
            산호초                      | 바다        | 산호초
            바다                        | 바다        | 바다
            바다가                      | 바다        | 바다
            산호초는 무엇입니까         | 바다        | 산호초
            npm -i 바다                 | 바다        | 바다
            ปะการัง                      | ปะการัง      | ปะการัง
            مرجانية                     | الشعاب      | المرجانية
            nothing                     | Ｎ          | Ｎｏｔｈｉｎｇ
            xii                         | Ｎ          | Ⅻ
            NAIVE                       | Ｎ          | naïve
            zurich                      | Ｎ          | Zürich's
            🐠                          | Ｎ          | 🐠
            e-mail                      | Ｎ          | e-mail
            o'brien                     | Ｎ          | O'Brien
            brien                       | Ｎ          | O'Brien
            node.js                     | Ｎ          | node.js
            gatos                       | Mi gato     | gato
            casas                       | Mi gato     | casa
            niño                        | Mi gato     | niños
            año                         | Mi gato     | años
            nobody reads                | Nobody      | Nobody; reads
            levels -5                   | CO₂         | levels
            CO2                         | CO₂         | CO₂
            co₂                         | CO₂         | CO₂
            mc2                         | CO₂         | mc²
            80 m²                       | CO₂         | 80; m²
            """)
    void wordsAreFoundInTheFormsOfTheirLanguage(String typed, String beginning, String words) {
        List<Found> found = search(typed);
        assertThat(found).isNotEmpty();
        String text = text(found.getFirst());
        assertThat(text).startsWith(beginning);
        assertThat(found.getFirst().words().stream().map(span -> text.substring(span.start(), span.end()))).containsExactly(words.split("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            unheard
            -reef
            reef -patience
            reef -"taught me"
            "me taught"
            "rates raised"
            礁珊
            example.org
            ``
            `   `
            -
            "
            ""
            -""
            *
            ???
            :
            """)
    void whatDoesNotFitIsNotFound(String typed) {
        assertThat(search(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain:reef
            reef AND (
            reef~2 OR [a TO b]
            +reef !x && ||
            reef^9999999999999999999
            /reef.*/
            "reef
            reef\\
            kind:post reef {!}
            """)
    void aQueryIsNoLanguage(String typed) {
        assertThat(search(typed)).isNotEmpty().extracting(WordIndexTest::text).first().asString().startsWith("Running");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            삼성전자 주가 상승 소식입니다        | 삼성전자 주가; 주가 상승; 전자 주가 상승         | 삼성전자 상승; 주가 소식
            他说，你好，世界！再见              | 你好，世界; 世界！再见; 说，你好                 | 世界你好; 你好再见
            苹果发布iPhone手机，学习Python编程  | 发布iPhone; iPhone手机; 学习Python编程; 手机，学习 | 发布手机; Python学习
            東京・大阪で新型EV発売のA社とB社    | 東京・大阪; 東京 大阪; 新型EV発売; A社とB社      | 大阪・東京; EV新型
            北京2026年冬奥会 is near            | 北京2026年冬奥会; 2026年; 冬奥会 is near         | 北京冬奥会
            """)
    void aPhraseOfLettersAndWordsIsFoundAndLeftOutAsItIsWritten(String text, String within, String other) {
        index.of(ADA).put(List.of(entry(0, "anchor " + text, "und")));
        for (String phrase : within.split("; ")) {
            assertThat(search("\"" + phrase + "\"")).as(phrase).hasSize(1);
            assertThat(search("anchor -\"" + phrase + "\"")).as(phrase).isEmpty();
        }
        for (String phrase : other.split("; ")) {
            assertThat(search("\"" + phrase + "\"")).as(phrase).isEmpty();
            assertThat(search("anchor -\"" + phrase + "\"")).as(phrase).hasSize(1);
        }
    }

    @Test
    void anyInputIsSafeAndBounded() {
        Random random = new Random(5);
        List<String> typed = new ArrayList<>(List.of("reef ".repeat(100_000), "\"".repeat(5000), "-".repeat(5000), "珊".repeat(5000), "a.b_c'".repeat(2000),
                "\ud83d".repeat(600), "\u0000", "e\u0301".repeat(1000), "\u202e\u200d\ufeff"));
        for (int round = 0; round < 300; round++) {
            typed.add(random.ints(random.nextInt(40), 0, 0x3100).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
        }
        for (String each : typed) {
            assertThat(search(each)).hasSizeLessThanOrEqualTo(10);
        }
        index.of(ADA).put(List.of(entry(0, String.join(" ", typed.subList(1, typed.size())), "en")));
        assertThat(search("reef")).isEmpty();
        assertThat(index.of(ADA).count()).isEqualTo(TEXTS.size());
    }

    @Test
    void aSearchCanBeNarrowed() {
        TenantWords words = index.of(ADA);
        Instant start = Instant.parse("2026-03-01T08:00:00Z");
        String all = "reef bank haus cheval ciudad libro coral boek båt риф";
        assertThat(words.search(all, Narrowing.NONE, 100)).hasSize(10);
        assertThat(words.search(all, Narrowing.NONE, 3)).hasSize(3);
        assertThat(words.search(all, new Narrowing("post", null, null, null), 100)).hasSize(5);
        assertThat(words.search(all, new Narrowing(null, "author3", null, null), 100)).extracting(Found::item).containsExactly(new UUID(0, 3));
        assertThat(words.search(all, new Narrowing("blog", null, start.plusSeconds(1), start.plusSeconds(5)), 100)).extracting(Found::item)
                .containsExactlyInAnyOrder(new UUID(0, 1), new UUID(0, 3));
    }

    @Test
    void textsAreReplacedAndRemovedAndTheirItemsListed() {
        TenantWords words = index.of(ADA);
        words.put(List.of(entry(0, "Something else about whales", "en")));
        assertThat(search("reef")).isEmpty();
        assertThat(search("whale")).hasSize(1);
        words.remove(List.of(new UUID(0, 0), new UUID(0, 1), new UUID(9, 9)));
        assertThat(search("whale")).isEmpty();
        assertThat(words.count()).isEqualTo(TEXTS.size() - 2);
        assertThat(words.items(null, 3)).containsExactly(new UUID(0, 2), new UUID(0, 3), new UUID(0, 4));
        assertThat(words.items(new UUID(0, 4), 100)).hasSize(TEXTS.size() - 5).startsWith(new UUID(0, 5));
        words.clear();
        assertThat(words.count()).isZero();
        assertThat(search("haus")).isEmpty();
    }

    @Test
    void whatWasRemovedIsInNoFileAfterItIsExpunged() throws IOException {
        TenantWords words = index.of(ADA);
        words.put(List.of(entry(90, "an unspeakablysecret word", "en"), entry(91, "a harmlessly ordinary word", "en")));
        words.remove(List.of(new UUID(0, 90)));
        words.expunge();
        assertThat(isInFiles("harmlessly")).isTrue();
        assertThat(isInFiles("unspeakablysecret")).isFalse();
    }

    private boolean isInFiles(String word) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(ADA.id().toString()))) {
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void noTenantFindsOrScoresByTheWordsOfAnother() {
        index.of(BO).put(List.of(entry(1, "A reef of our own", "en"), entry(2, "Cats", "en")));
        float before = index.of(BO).search("reef", Narrowing.NONE, 10).getFirst().score();
        Map<Integer, String> texts = new HashMap<>();
        for (int number = 0; number < 50; number++) {
            texts.put(number, "reef " + "cats ".repeat(number));
        }
        texts.forEach((number, text) -> index.of(ADA).put(List.of(entry(number, text, "en"))));
        List<Found> found = index.of(BO).search("reef cats unheard", Narrowing.NONE, 100);
        assertThat(found).extracting(Found::item).containsExactlyInAnyOrder(new UUID(0, 1), new UUID(0, 2));
        assertThat(index.of(BO).search("reef", Narrowing.NONE, 10).getFirst().score()).isEqualTo(before);
        index.of(ADA).clear();
        assertThat(index.of(BO).count()).isEqualTo(2);
    }

    @Test
    void itIsThereAfterReopeningAndADamagedOneIsNamedAndMended() throws IOException {
        index.close();
        index = new WordIndex(folder, 4);
        assertThat(search("haus")).hasSize(1);
        index.close();
        Path damaged = folder.resolve(ADA.id().toString());
        try (Stream<Path> files = Files.list(damaged)) {
            for (Path file : files.toList()) {
                Files.writeString(file, "damaged");
            }
        }
        index = new WordIndex(folder, 4);
        assertThatExceptionOfType(IndexFault.class).isThrownBy(() -> search("haus")).withMessageContaining(damaged.toString());
        index.of(ADA).clear();
        fill();
        assertThat(search("haus")).hasSize(1);
    }

    @Test
    void anIndexWhoseLockWasOverwrittenOrWhoseFolderIsAFileIsDamagedAndClearingItMendsIt() throws IOException {
        Path own = folder.resolve(ADA.id().toString());
        Files.writeString(own.resolve("write.lock"), "x");
        assertThatExceptionOfType(IndexFault.class).isThrownBy(() -> {
            index.of(ADA).put(List.of(entry(100, "Later", "en")));
            index.close();
            index = new WordIndex(folder, 4);
            index.of(ADA).put(List.of(entry(101, "Later", "en")));
            index.of(ADA).expunge();
        }).matches(IndexFault::isDamage);
        index.of(ADA).clear();
        index.of(ADA).put(List.of(entry(0, "Later", "en")));
        assertThat(search("later")).hasSize(1);
        index.of(ADA).clear();
        Files.writeString(own, "x");
        assertThatExceptionOfType(IndexFault.class).isThrownBy(() -> index.of(ADA).put(List.of(entry(0, "Later", "en")))).matches(IndexFault::isDamage);
        index.of(ADA).clear();
        index.of(ADA).put(List.of(entry(0, "Later", "en")));
        assertThat(search("later")).hasSize(1);
    }
}
