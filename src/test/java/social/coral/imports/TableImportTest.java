package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Remark;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostIds;

/** Tables as spreadsheets, databases and X's analytics write them. What could be read in two ways is refused or noted, never guessed. */
class TableImportTest {

    private static final String ROW = "1899764561337417728";
    private static final String TIME = "2025-03-12T10:00:00Z";

    private MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void everyUsualDelimiterIsRead(String delimiter) {
        run(String.join(delimiter, "id", "text", "created_at") + "\n" + String.join(delimiter, ROW, "nine", TIME) + "\n");
        assertThat(store.all()).extracting(Post::text).containsExactly("nine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\r\nid;text;created_at\r\n", "\r\n\r\nid;text;created_at\r\n", "\uFEFF\"sep=;\"\nid;text;created_at\n"})
    void whatSpreadsheetsWriteAboveTheHeaderIsPassedOver(String head) {
        run(head + ROW + ";fine;" + TIME + "\n");
        assertThat(store.all()).extracting(Post::text).containsExactly("fine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "windows-1252", "UTF-8"})
    void theUsualCharacterSetsAreRead(String charset) {
        String text = "Zoë’s café – 5 €";
        run(("id\ttext\tcreated_at\r\n" + ROW + "\t" + text + "\t" + TIME + "\r\n").getBytes(Charset.forName(charset)), "reef");
        assertThat(store.all()).extracting(Post::text).containsExactly(text);
    }

    @Test
    void aBrokenByteCostsItsRowAndAPersonsOwnReplacementCharacterNothing() {
        byte[] file = ("id,text,created_at\n1899764561337417728,good \uFFFD 🐠," + TIME + "\n1899764561337417729,br#ken," + TIME + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < file.length; i++) {
            file[i] = file[i] == '#' ? (byte) 0xEF : file[i];
        }
        ImportResult result = run(file, "reef");
        assertThat(store.all()).extracting(Post::text).containsExactly("good \uFFFD 🐠");
        assertThat(result.rejected()).singleElement().satisfies(row -> {
            assertThat(row.place().line()).isEqualTo(3);
            assertThat(row.reason()).contains("UTF-8");
        });
    }

    @Test
    void aRowWithMoreCellsThanColumnsIsRejectedAndEmptyOnesAreNot() {
        ImportResult result = run("id,text,created_at\n" + ROW + ",one, two," + TIME + "\n" + ROW + ",fine," + TIME + ",,\n");
        assertThat(store.all()).extracting(Post::text).containsExactly("fine");
        assertThat(result.rejected()).singleElement().extracting(Remark::reason).asString().contains("4 cells", "3 columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "%s,\"never closed,%s\n1899764561337417729,fine,%s\n",
        "%s,\"never closed,%s\n1899764561337417729,\"swallowed\",%s\n",
        "%s,\"he said \\\"no\\\" to it\",%s\n1899764561337417729,fine,%s\n"})
    void aQuoteThatCannotBeReadEndsTheFileThereAndNoTextIsRawCsv(String rows) {
        ImportResult result = run("id,text,created_at\n1899764561337417727,ok," + TIME + "\n" + rows.formatted(ROW, TIME, TIME));
        assertThat(store.all()).extracting(Post::text).containsExactly("ok");
        assertThat(result.broken()).isNotNull().extracting(Remark::where).isEqualTo("Line 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "02/09/2025 09:00|“02/09/2025 09:00” can be 2 September or 9 February. Write it as 2025-09-02 or 2025-02-09.",
        "02.10.2025|“02.10.2025” is not written year first. Write it as 2025-10-02.",
        "10/26/2025|“10/26/2025” is not written year first. Write it as 2025-10-26.",
        "45933|“45933” is a date as Excel stores it. Format the column as a date such as 2026-11-26, then export again.",
        "1.7596E+09|“1.7596E+09” is a number that a program has rounded or that is no time. Write the time like 2026-11-26T09:30:00Z.",
        "2025-10-05 09:00 EST|“2025-10-05 09:00 EST” names its time zone in letters that several zones share. Write the offset, as in 2026-11-26T09:30:00-05:00.",
        "31.02.2025|“31.02.2025” is not a valid date. Write it like 2026-11-26 or 2026-11-26T09:30:00Z."})
    void aTimeThatIsWrittenInAnotherWaySaysInWhich(String time, String reason) {
        assertThat(run("id,text,created_at\n1899764561337417727,ok," + time + "\n").rejected()).extracting(Remark::reason).containsExactly(reason);
    }

    @Test
    void twoColumnsOfOneNameAreNamedOnce() {
        assertThatThrownBy(() -> run("id,text,text,created_at\n" + ROW + ",a,b,c\n")).hasMessage("Two columns are named “text”. Delete or rename one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,text,content,created_at", "id,post_id,text,created_at", "id,text,created_at,date", "id,text,created_at,handle,username"})
    void twoColumnsForOneFieldAreRefusedByName(String header) {
        assertThatThrownBy(() -> run(header + "\n" + ROW + ",a,b,c,d\n"))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.sentence()).contains("could both be the"));
    }

    @Test
    void aColumnThatIsNotReadIsNamed() {
        ImportResult result = run("id,text,created_at,mood,likes\n" + ROW + ",five," + TIME + ",fine,7\n");
        assertThat(store.all().getFirst().counts().likes()).isEqualTo(7);
        assertThat(result.notes()).extracting(Remark::reason).containsExactly("This column was not read: “mood”.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-30 10:00", "2023-02-29", "2024-04-31T09:00:00Z", "2024-13-01", "2024-06-00", "Fri Feb 30 10:00:00 +0000 2024",
        "Mon Jun 03 10:00:00 +0000 2025", "03/06/2025 10:00", "06.03.2025", "45811.4", "2025-03-12T25:00:00Z", "2025-03-12T10:60"})
    void aTimeThatIsNotInTheCalendarOrReadsTwoWaysIsRejected(String time) {
        ImportResult result = run("id,text,created_at\n" + ROW + ",words,\"" + time + "\"\n");
        assertThat(store.all()).isEmpty();
        assertThat(result.rejected()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2025-03-12 10:00:00+00|2025-03-12T10:00:00Z",
        "2025-03-12 10:00:00.123456+05:30|2025-03-12T04:30:00.123456Z",
        "2025-03-12 10:00:00-07|2025-03-12T17:00:00Z",
        "2025-03-12T10:00:00+0100|2025-03-12T09:00:00Z",
        "2025-03-12 10:00:00 UTC|2025-03-12T10:00:00Z",
        "2025-03-12 10:00|2025-03-12T10:00:00Z",
        "2025-03-12|2025-03-12T10:09:01Z",
        "Wed Mar 12 10:00:00 +0000 2025|2025-03-12T10:00:00Z",
        "Wed, Mar 12, 2025|2025-03-12T10:09:01Z",
        "Wed, 12 Mar 2025 10:00:00 GMT|2025-03-12T10:00:00Z",
        "10:00 AM · Mar 12, 2025|2025-03-12T10:00:00Z"})
    void theTimesOfDatabasesAndOfXAreReadAndADayAloneGetsTheTimeThatTheIdTells(String time, Instant right) {
        run("id,text,created_at\n" + ROW + ",words,\"" + time + "\"\n");
        assertThat(store.all()).extracting(Post::createdAt).containsExactly(right);
    }

    /** The time in a file, what is stored if the id tells 10:09:01 on 12 March, and what is told. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2025-03-13|2025-03-12T10:09:01Z|", "2025-03-11|2025-03-12T10:09:01Z|", "2025-03-14|2025-03-14T00:00:00Z|differs from the date given, which was kept. Day and month may be swapped, or the wrong column was read: “id 2025-03-12, given 2025-03-14”",
        "2025-03-10|2025-03-10T00:00:00Z|differs from the date given", "2025-03-13 10:09:01|2025-03-13T10:09:01Z|differs from the date given",
        "2025-03-11T10:09:01Z|2025-03-11T10:09:01Z|differs from the date given", "2025-03-12 12:09|2025-03-12T10:09:01Z|by whole time zones",
        "2025-03-12T12:09Z|2025-03-12T10:09:01Z|by whole time zones", "2025-03-12T14:09:01+02:00|2025-03-12T10:09:01Z|by whole time zones"})
    void aTimeThatIsNotTheOneOfTheIdIsMendedByItOrTold(String time, Instant right, @Nullable String note) {
        for (String header : List.of("id,text,created_at", "Post id,Post text,Date")) {
            ImportResult result = run(header + "\n" + ROW + ",words,\"" + time + "\"\n");
            assertThat(store.all()).extracting(Post::createdAt).containsExactly(right);
            assertThat(result.notes()).hasSize(note == null ? 0 : 1).allSatisfy(told -> assertThat(told.reason()).contains(String.valueOf(note)));
        }
    }

    /** A column of counts, under each name that a program gives it. */
    @ParameterizedTest
    @CsvSource({"likes_count,retweets_count,replies_count", "like,retweet,replies", "nlikes,nretweets,nreplies", "favouritesCount,repost,Replies Count"})
    void countsAreReadInTablesAndInJsonUnderTheNamesOfManyPrograms(String likes, String retweets, String replies) {
        String json = "{\"id\": \"" + ROW + "\", \"text\": \"words\", \"created_at\": \"" + TIME + "\", ";
        for (String file : List.of("id,text,created_at,%s,%s,%s\n".formatted(likes, retweets, replies) + ROW + ",words," + TIME + ",3,2,1\n",
                json + "\"%s\": 3, \"%s\": 2, \"%s\": 1}\n".formatted(likes, retweets, replies),
                json + "\"metrics\": {\"likes\": 3, \"retweets\": 2, \"replies\": 1}}\n")) {
            run(file);
            assertThat(store.all()).as(file).extracting(Post::counts).containsExactly(new PostCounts(3, 2, 1));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"'@blue hi|@blue hi|1", "'=1+1 is two|=1+1 is two|1", "'Tis the season|'Tis the season|0",
        "'@blue' is a name|'@blue' is a name|0", "@blue hi|@blue hi|0"})
    void anApostropheThatKeepsASpreadsheetFromComputingIsNotPartOfTheText(String cell, String text, int notes) {
        assertThat(run("id,text,created_at\n" + ROW + "," + cell + "," + TIME + "\n").notes()).hasSize(notes);
        assertThat(store.all()).extracting(Post::text).containsExactly(text);
    }

    @ParameterizedTest
    @CsvSource({"Network,Facebook", "Platform,INSTAGRAM", "network,LinkedIn", "Social Network,instagram (business)", "channel,TikTok"})
    void aRowOfAnotherNetworkIsNoPostOfX(String column, String network) {
        String rows = "id,text,created_at,%s\n%s,theirs,%s,%s\n".formatted(column, ROW, TIME, network) + ",on both," + TIME + ",\"Facebook, X\"\n"
                + ",mine," + TIME + ",X\n,mine too," + TIME + ",Twitter\n";
        ImportResult result = run(rows);
        assertThat(store.all()).extracting(Post::text).containsExactly("on both", "mine", "mine too");
        assertThat(result.rejected()).extracting(Remark::reason).containsExactly("This is not a published post from X.");
        run("{\"text\":\"theirs\",\"created_at\":\"%s\",\"%s\":\"%s\"}\n{\"text\":\"mine\",\"created_at\":\"%s\",\"%s\":\"X\"}\n".formatted(TIME, column, network, TIME, column));
        assertThat(store.all()).extracting(Post::text).containsExactly("mine");
    }

    @Test
    void xsOwnAnalyticsAreRead() {
        ImportResult result = run("""
                Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Replies,Reposts
                1899764561337417728,"Wed, Mar 12, 2025","R&amp;D, a post",https://x.com/Reef/status/1899764561337417728,1234,18,40,1,2,3
                """.getBytes(StandardCharsets.UTF_8), null);
        assertThat(store.all()).singleElement().satisfies(post -> {
            assertThat(post.text()).isEqualTo("R&D, a post");
            assertThat(post.author()).isEqualTo("reef");
            assertThat(List.of(post.counts().likes(), post.counts().retweets(), post.counts().replies())).containsExactly(18, 3, 2);
        });
        assertThat(result.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"=\"\"1899764561337417728\"\"\"", "'1899764561337417728", " 1899764561337417728 ",
        "\u00a01899764561337417728\u200b", "x1899764561337417728", "https://x.com/reef/status/1899764561337417728", "https://twitter.com/i/web/status/1899764561337417728?s=20"})
    void anIdIsReadWithoutWhatStandsAroundIt(String cell) {
        run("id,text,created_at\n" + cell + ",words," + TIME + "\n");
        assertThat(store.all()).extracting(Post::id).containsExactly(ROW);
    }

    @Test
    void idsThatASpreadsheetRoundedAreRejectedAndOneThatOnlyLooksSoIsNot() {
        String rounded = "id,text,created_at\n1588987262754230000,first,2022-11-05T20:00:00Z\n1588987262754230000,second,2022-11-05T20:01:00Z\n";
        ImportResult result = run(rounded);
        assertThat(store.all()).isEmpty();
        assertThat(result.rejected()).hasSize(2).extracting(Remark::reason).allSatisfy(reason -> assertThat(reason).contains("spreadsheet has rounded"));

        StringBuilder many = new StringBuilder("id,text,created_at\n1899764561337410000,one of many," + TIME + "\n");
        for (int i = 0; i < 60; i++) {
            many.append("18997645613374177").append(10 + i).append(",words,").append(TIME).append('\n');
        }
        assertThat(run(many.toString()).imported()).isEqualTo(61);
    }

    @Test
    void theNumbersOfRowsAreNoIdsSoTwoSheetsWithThemAreBothStored() {
        ImportResult june = run("id,text,created_at\n1,june one,2025-06-02\n2,june two,2025-06-03\n");
        assertThat(june.imported()).isEqualTo(2);
        assertThat(june.notes()).extracting(Remark::reason).singleElement().asString().contains("row numbers");
        ImportResult july = again("id,text,created_at\n1,july one,2025-07-02\n2,july two,2025-07-03\n");
        assertThat(july.imported()).isEqualTo(2);
        assertThat(store.all()).extracting(Post::id).allMatch(PostIds::isDerived);
        assertThat(run("id,text,created_at\n1,of 2009,2009-06-03\n").notes()).extracting(Remark::reason).singleElement().asString().contains("row number");
        assertThat(run("id,text,created_at\n20,just setting up,2006-03-21T20:50:14Z\n").notes()).isEmpty();
        assertThat(store.all()).extracting(Post::id).containsExactly("20");
    }

    @Test
    void aTableWithoutIdsIsTakenAndTheSameTableAgainAddsNothing() {
        String file = "author,text,created_at\nreef,one," + TIME + "\nreef,two," + TIME + "\n";
        assertThat(run(file.getBytes(StandardCharsets.UTF_8), null).imported()).isEqualTo(2);
        assertThat(again(file).skipped()).isEqualTo(2);
    }

    @Test
    void anIdThatTellsAnotherDayThanItsTimeIsNoted() {
        ImportResult result = run("id,text,created_at\n1588987262754234369,posted in November 2022,2011-05-01\n");
        assertThat(result.imported()).isEqualTo(1);
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().contains("differs from the date given");
    }

    @ParameterizedTest
    @CsvSource({"many,0,1", "-4,0,1", "99999999999,0,1", "'1,234',1234,0", "1\u00a0234,1234,0", "'',0,0", "12,12,0", "12.0,12,0", "12.000,0,1"})
    void aCountThatCannotBeReadCostsTheCountAndNotThePost(String likes, int right, int notes) {
        ImportResult result = run("id,text,created_at,likes\n" + ROW + ",words," + TIME + ",\"" + likes + "\"\n");
        assertThat(store.all()).extracting(post -> post.counts().likes()).containsExactly(right);
        assertThat(result.notes()).hasSize(notes);
    }

    @Test
    void aRowIsToldByTheLineOnWhichItBegins() {
        ImportResult result = run("id,text,created_at\n\n\n\n" + ROW + ",,2025-03-12\n1899764561337417729,\"two\nlines\"," + TIME + "\nx,bad," + TIME);
        assertThat(result.rejected()).extracting(Remark::where).containsExactly("Line 5", "Line 8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1.89976E+18|A spreadsheet may have rounded it.", "1899764561337417728.0|A spreadsheet may have rounded it.",
        "99999999999999999999|A spreadsheet may have rounded it.", "tweet-1899764561337417728|1885614061777846275.", "+1899764561337417728|1885614061777846275.", "001899764561337417728|1885614061777846275."})
    void anIdThatIsNoneIsRejectedWithWhatIsWrong(String id, String end) {
        assertThat(run("id,text,created_at\n" + id + ",words," + TIME + "\n").rejected()).singleElement().extracting(Remark::reason).asString().endsWith(end);
    }

    @Test
    void theIdsThatWereGivenToPostsWithoutOneStayTheSameElsewhere() {
        run("author,text,created_at\nreef,one," + TIME + "\n");
        Post given = store.all().getFirst();
        ImportResult elsewhere = run("{\"tweets\":[{\"id\":\"0190-77\",\"tweet_id\":\"" + given.id() + "\",\"author\":\"reef\",\"content\":\"one\",\"created_at\":\"" + TIME + "\"}]}");
        assertThat(store.all()).containsExactly(given);
        assertThat(elsewhere.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x.com/Reef", "twitter.com/reef/", "@Reef", "\u200breef "})
    void anAuthorMayBeALinkToTheProfile(String author) {
        run(("id,text,created_at,author\n" + ROW + ",words," + TIME + "," + author + "\n").getBytes(StandardCharsets.UTF_8), null);
        assertThat(store.all()).extracting(Post::author).containsExactly("reef");
    }

    @ParameterizedTest
    @CsvSource({"1899764561337417000,1899764561337417000,", "https://x.com/a/status/1899764561337417001,1899764561337417001,", "[],,", "nan,,",
        "1.79025E+18,,rounded the id", "1790246600000000000.0,,rounded the id", "@bob,,not the id of an older post", "1999764561337417001,,not the id of an older post",
        "44196397,,not the id of an older post"})
    void whatAPostAnswersIsReadOrTold(String cell, @Nullable String parent, @Nullable String note) {
        ImportResult result = run("id,text,created_at,in_reply_to\n" + ROW + ",words," + TIME + "," + cell + "\n");
        assertThat(store.all()).singleElement().extracting(Post::inReplyToId).isEqualTo(parent);
        assertThat(result.notes()).hasSize(note == null ? 0 : 1).allSatisfy(told -> assertThat(told.reason()).contains(String.valueOf(note)));
    }

    @Test
    void aLinkToAPostOnAnotherNetworkIsNoPostOfX() {
        ImportResult result = run("permalink,text,created_at\nhttps://www.instagram.com/p/C6/,hello," + TIME + "\nhttps://x.com/reef/status/" + ROW + ",mine," + TIME + "\n");
        assertThat(store.all()).extracting(Post::text).containsExactly("mine");
        assertThat(result.rejected()).extracting(Remark::reason).containsExactly("The link of the post leads to www.instagram.com and not to X.");
    }

    /** A table, and what its refusal says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "X posts export~Generated 2025-06-01~~id,created_at,text~1899764561337417728,2025-03-12,hi|Line 4 looks like the header line.",
        "# exported by a tool~id;created_at;text~1899764561337417728;2025-03-12;hi|Line 2 looks like the header line.",
        "id^created_at^text~1899764561337417728^2025-03-12^hi|separates its columns with “^”",
        "id,created_at,text~1899764561337417728;2025-03-12;hi, there|with commas and the rows with semicolons",
        "id,date,time,text~1899764561337417728,2025-03-12,10:00,hi|put both into one column"})
    void aHeaderLineThatDoesNotFitIsToldAsSuch(String file, String words) {
        assertThatThrownBy(() -> run(file.replace('~', '\n')))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.sentence()).contains(words));
    }

    @Test
    void aCellUnderAColumnWithoutANameIsOneTooMany() {
        ImportResult result = run(",id,created_at,text,,\n0," + ROW + "," + TIME + ",fine,,\n1,," + TIME + ",hello, world, again\n");
        assertThat(store.all()).extracting(Post::text).containsExactly("fine");
        assertThat(result.rejected()).singleElement().extracting(Remark::reason).asString().contains("6 cells", "4 columns");
    }

    /** The columns id and url, and the id and the author that are read. */
    @ParameterizedTest
    @CsvSource({",https://x.com/blue/status/1899764561337417728,1899764561337417728,blue", "1.89976E+18,https://x.com/blue/status/1899764561337417728,1899764561337417728,blue",
        "1899764561337420000,https://x.com/blue/status/1899764561337417728,1899764561337417728,blue",
        "1899764561337417729,https://x.com/red/status/1899764561337417799,1899764561337417729,reef",
        "1899764561337417728,https://x.com/red/status/1799764561337417728,1899764561337417728,reef", "1899764561337417728,https://example.org/a,1899764561337417728,reef",
        "3f0c8a52-6d0b,https://x.com/blue/status/1899764561337417728,1899764561337417728,blue", "7,https://x.com/blue/status/1899764561337417728,1899764561337417728,blue",
        ",https://x.com/red/status/1799764561337417728,d-,reef", ",https://example.org/a,d-,reef"})
    void aLinkToThePostTellsItsIdAndAuthorAndOneToSomethingElseDoesNot(@Nullable String id, String url, String right, String author) {
        String given = id == null ? "" : id;
        String json = "{\"id\":\"%s\",\"text\":\"words\",\"created_at\":\"%s\",\"link\":\"%s\"}\n".formatted(given, TIME, url);
        for (String file : List.of("id,text,created_at,url\n%s,words,%s,%s\n".formatted(given, TIME, url), json)) {
            run(file);
            assertThat(store.all()).as(file).singleElement().satisfies(post -> {
                assertThat(post.id()).startsWith(right);
                assertThat(post.author()).isEqualTo(author);
            });
        }
    }

    @Test
    void aLinkThatIsNeitherThePostsNorInItsTextIsTold() {
        ImportResult result = run("id,text,created_at,link\n" + ROW + ",words," + TIME + ",https://example.org/a\n1899764561337417729,see https://example.org/b," + TIME + ",https://example.org/b\n");
        assertThat(store.all()).hasSize(2);
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().startsWith("A link beside a text does not lead to the post.");
    }

    @Test
    void aSpaceBeforeAQuoteIsToldAsSuch() {
        assertThat(run("id,created_at,text\n" + ROW + ", " + TIME + ", \"a, b\"\n").rejected()).singleElement().extracting(Remark::reason).asString().contains("space before the quote");
    }

    private ImportResult run(String file) {
        return run(file.getBytes(StandardCharsets.UTF_8), "reef");
    }

    private ImportResult run(byte[] file, @Nullable String author) {
        store = new MemoryStore();
        return read(file, author);
    }

    private ImportResult again(String file) {
        store.again();
        return read(file.getBytes(StandardCharsets.UTF_8), "reef");
    }

    private ImportResult read(byte[] file, @Nullable String author) {
        return Archives.read(store, file, author);
    }
}
