package social.coral.content;

import com.twitter.twittertext.Extractor.Entity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.content.TextMark.Kind;

/**
 * Finds in one part of a text what no source and no persona has: numbers, dates, quoted words, links and handles, however they are written.
 * Takes time in proportion to the text.
 */
final class DraftMarks {

    /** So many places are marked one by one; what comes behind them is marked as one place in each part. */
    static final int MOST = 80;
    static final int MOST_WORDS = 100;

    private static final Pattern MARKER = Pattern.compile("\\[(\\d{1,3}(?:, ?\\d{1,3})*+)]");
    private static final Pattern ADDRESS = Pattern.compile("(?i)(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}://[^\\s<>()\\[\\]\"“”„«»]++|(?<![a-z0-9@/.])www\\.[^\\s<>()\\[\\]\"“”„«»]++");
    static final Pattern MAIL = Pattern.compile("(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,8}");
    private static final Pattern HANDLE = Pattern.compile("(?<![\\p{L}\\p{N}_@/.])@([\\p{L}\\p{N}_]{1,50})");
    /** Names such as GPT-4 and A320, and long ones that begin with a digit, such as an account for payments. */
    private static final Pattern NUMBERED_NAME = Pattern.compile("(?<![\\p{L}\\p{N}])(?:\\p{L}++\\d[\\p{L}\\d]*+|\\p{Lu}{1,10}+-\\d[\\p{L}\\d]*+|(?=\\d++\\p{L})[\\p{L}\\d]{12,})(?:-[\\p{L}\\d]{1,20}+){0,4}");
    private static final Pattern LIST_ITEM = Pattern.compile("(?m)^[ \\t]{0,8}\\d{1,3}[.)](?=\\s)");
    private static final Pattern PART_NUMBER = Pattern.compile("(?:^|\\s)(\\d{1,2})/(\\d{1,2})$");
    private static final Pattern OF_SOURCES = Pattern.compile("\\d{1,3}(?= sources?(?!\\p{L}))");
    private static final Pattern TRAILING = Pattern.compile("\\p{P}++$");
    private static final int LONGEST_LINK = 2_100;

    private final String original;
    private final ReadableText readable;
    private final String text;
    private final SourceFacts facts;
    private final boolean markdown;
    private final @Nullable Integer part;
    private final List<DateForms.Found> dates;
    private final List<TextMark> found = new ArrayList<>();
    private final BitSet taken = new BitSet();

    private DraftMarks(String original, boolean markdown, SourceFacts facts, @Nullable Integer part) {
        this.original = original;
        this.markdown = markdown;
        this.readable = new ReadableText(original, markdown);
        this.text = readable.text();
        this.dates = DateForms.in(text);
        this.facts = facts;
        this.part = part;
    }

    /** Returns the marks of a text, the title's first; the title of a blog post is read with it, and other titles go nowhere. */
    static List<TextMark> of(TextKind kind, @Nullable String title, List<String> parts, List<TextSource> sources, TextBasis basis) {
        SourceFacts facts = new SourceFacts(basis);
        Set<Integer> numbers = sources.stream().map(TextSource::number).collect(Collectors.toSet());
        List<TextMark> marks = new ArrayList<>();
        if (kind == TextKind.BLOG && title != null) {
            marks.addAll(new DraftMarks(title, false, facts, null).all(numbers, 0, 1));
        }
        for (int i = 0; i < parts.size(); i++) {
            marks.addAll(new DraftMarks(parts.get(i), kind == TextKind.BLOG, facts, i).all(numbers, i, parts.size()));
        }
        return marks.size() <= MOST ? List.copyOf(marks) : bounded(marks);
    }

    private static List<TextMark> bounded(List<TextMark> marks) {
        List<TextMark> bounded = new ArrayList<>(marks.subList(0, MOST));
        for (TextMark mark : marks.subList(MOST, marks.size())) {
            TextMark last = bounded.getLast();
            if (bounded.size() > MOST && Objects.equals(last.part(), mark.part())) {
                Kind kind = mark.kind() == Kind.LINK ? Kind.LINK : last.kind();
                bounded.set(bounded.size() - 1, new TextMark(kind, last.part(), last.start(), Math.max(last.end(), mark.end()), last.words()));
            } else {
                bounded.add(mark);
            }
        }
        return bounded;
    }

    private List<TextMark> all(Set<Integer> numbers, int place, int of) {
        hidden();
        links();
        handles();
        leaveOut(numbers, place, of);
        quotes();
        numberedNames();
        dates();
        numbers();
        found.sort(Comparator.comparingInt(TextMark::start).thenComparing(Comparator.comparingInt(TextMark::end).reversed()));
        List<TextMark> apart = new ArrayList<>();
        for (TextMark mark : found) {
            if (apart.subList(Math.max(0, apart.size() - 3), apart.size()).stream().noneMatch(other -> other.kind() == mark.kind() && other.end() > mark.start())) {
                apart.add(mark);
            }
        }
        return apart;
    }

    /** What stands there to number the text itself, or to name its sources. */
    private void leaveOut(Set<Integer> numbers, int place, int of) {
        MARKER.matcher(text).results()
                .filter(marker -> Arrays.stream(marker.group(1).split(", ?")).allMatch(number -> numbers.contains(Integer.valueOf(number))))
                .forEach(marker -> taken.set(marker.start(), marker.end()));
        BitSet inDates = new BitSet();
        dates.forEach(date -> inDates.set(date.start(), date.end()));
        LIST_ITEM.matcher(text).results().filter(item -> !inDates.get(item.end() - 1) || !inDates.get(item.end()))
                .forEach(item -> taken.set(item.start(), item.end()));
        OF_SOURCES.matcher(text).results().filter(count -> count.group().equals(String.valueOf(numbers.size())))
                .forEach(count -> taken.set(count.start(), count.end()));
        Matcher last = PART_NUMBER.matcher(text.stripTrailing());
        if (of > 1 && last.find() && Integer.parseInt(last.group(1)) == place + 1 && Integer.parseInt(last.group(2)) == of) {
            taken.set(last.start(1), last.end());
        }
    }

    private void hidden() {
        for (int at = 0; at < original.length();) {
            int end = at;
            while (end < original.length() && isHidden(end)) {
                end += Character.charCount(original.codePointAt(end));
            }
            if (end > at) {
                mark(Kind.HIDDEN, at, end);
            }
            at = Math.max(end, at + Character.charCount(original.codePointAt(at)));
        }
    }

    /** Joiners belong to some scripts and to emoji, but not between the letters of a link; tags belong to flags. */
    private boolean isHidden(int at) {
        int point = original.codePointAt(at);
        if (point == 0x200C || point == 0x200D || point == 0x200E || point == 0x200F) {
            return at > 0 && isAscii(original.charAt(at - 1)) && at + 1 < original.length() && isAscii(original.charAt(at + 1));
        }
        if (point >= 0xE0000 && point <= 0xE007F) {
            int before = at;
            while (before > 0 && original.codePointBefore(before) >= 0xE0020 && original.codePointBefore(before) <= 0xE007F && at - before < 20) {
                before -= 2;
            }
            return before == 0 || original.codePointBefore(before) != 0x1F3F4;
        }
        return point == 0x200B || point >= 0x202A && point <= 0x202E || point >= 0x2060 && point <= 0x206F || point == 0xFEFF
                || point == 0x3164 || point == 0x115F || point == 0x1160 || point == 0xFFA0;
    }

    private static boolean isAscii(char c) {
        return c > ' ' && c < 0x7F;
    }

    /** Both as X reads the text and as a person does. */
    private void links() {
        for (Entity entity : PostEntities.in(original)) {
            if (entity.getType() == Entity.Type.URL && !facts.hasLink(LinkAddress.of(original.substring(entity.getStart(), entity.getEnd())))) {
                mark(Kind.LINK, entity.getStart(), entity.getEnd());
            } else if (entity.getType() == Entity.Type.MENTION && !facts.hasHandle(entity.getValue())) {
                mark(Kind.HANDLE, entity.getStart(), entity.getEnd());
            }
        }
        BitSet starts = new BitSet();
        for (Entity entity : PostEntities.in(text)) {
            if (entity.getType() == Entity.Type.URL) {
                if (!continuesLink(entity.getEnd())) {
                    starts.set(entity.getStart());
                }
                link(entity.getStart(), entity.getEnd());
            }
        }
        ADDRESS.matcher(text).results().filter(address -> !starts.get(address.start())).forEach(address -> link(address.start(), address.end()));
        MAIL.matcher(text).results().filter(mail -> !taken.get(mail.start())).forEach(mail -> {
            taken.set(mail.start(), mail.end());
            if (!facts.hasLink(mail.group().toLowerCase(Locale.ROOT))) {
                markRead(Kind.LINK, mail.start(), mail.end());
            }
        });
    }

    /** Reports whether a browser may read more of an address here than X does. Punctuation at the end of a word is no part of it. */
    private boolean continuesLink(int end) {
        int word = end;
        while (word < text.length() && word < end + LONGEST_LINK && !Character.isWhitespace(text.charAt(word)) && "<>()[]\"“”„«»".indexOf(text.charAt(word)) < 0) {
            word++;
        }
        String rest = TRAILING.matcher(text.substring(end, word)).replaceAll("");
        return !rest.isEmpty() && (rest.chars().anyMatch(c -> ".@:\\%/".indexOf(c) >= 0) || rest.charAt(0) == '-' || rest.charAt(0) < 0x80 && Character.isLetterOrDigit(rest.charAt(0)));
    }

    private void link(int start, int end) {
        taken.set(start, end);
        if (!facts.hasLink(LinkAddress.of(text.substring(start, end)))) {
            markRead(Kind.LINK, start, end);
        }
    }

    private void handles() {
        HANDLE.matcher(text).results().filter(handle -> !taken.get(handle.start())).forEach(handle -> {
            taken.set(handle.start(), handle.end());
            if (!facts.hasHandle(handle.group(1))) {
                markRead(Kind.HANDLE, handle.start(), handle.end());
            }
        });
    }

    private void quotes() {
        for (Quotations.Found quotation : Quotations.in(text, markdown, taken::get)) {
            String words = MARKER.matcher(withoutLinks(text.substring(quotation.start(), quotation.end()))).replaceAll(" ");
            if (!facts.hasWords(words)) {
                markRead(Kind.QUOTE, quotation.start(), quotation.end());
                taken.set(quotation.start(), quotation.end());
            }
        }
    }

    private void numberedNames() {
        NUMBERED_NAME.matcher(text).results().filter(name -> !isTaken(name.start(), name.end()) && (Character.isDigit(text.charAt(name.start())) || Numbers.isOfName(text.codePointAt(name.start()))))
                .forEach(name -> {
            taken.set(name.start(), name.end());
            if (!facts.hasWords(name.group())) {
                markRead(Kind.NUMBER, name.start(), name.end());
            }
        });
    }

    private void dates() {
        for (DateForms.Found date : dates) {
            if (!isTaken(date.start(), date.end())) {
                taken.set(date.start(), date.end());
                if (!facts.hasDate(date)) {
                    markRead(Kind.DATE, date.start(), date.end());
                }
            }
        }
    }

    private void numbers() {
        for (Numbers.Found number : Numbers.in(text)) {
            if (!isTaken(number.start(), number.end()) && !facts.hasNumber(number)) {
                markRead(Kind.NUMBER, number.start(), number.end());
            }
        }
    }

    private boolean isTaken(int start, int end) {
        int next = taken.nextSetBit(start);
        return next >= 0 && next < end;
    }

    private void markRead(Kind kind, int start, int end) {
        mark(kind, readable.start(start), readable.end(end));
    }

    private void mark(Kind kind, int start, int end) {
        String words = original.substring(start, Math.min(end, original.length()));
        int cut = words.length() <= MOST_WORDS ? words.length() : words.offsetByCodePoints(0, Math.min(words.codePointCount(0, words.length()),
                MOST_WORDS));
        found.add(new TextMark(kind, part, start, end, words.substring(0, cut)));
    }

    /** Reports whether there is a link in the text, as X reads it or as a person does. */
    static boolean hasLink(String text) {
        String read = new ReadableText(text, true).text();
        return isIn(text) || isIn(read) || ADDRESS.matcher(read).find() || MAIL.matcher(read).find();
    }

    private static boolean isIn(String text) {
        return PostEntities.in(text).stream().anyMatch(entity -> entity.getType() == Entity.Type.URL);
    }

    /** Words are compared without the links between them. */
    static String withoutLinks(String text) {
        StringBuilder kept = new StringBuilder();
        int from = 0;
        String plain = ADDRESS.matcher(text).replaceAll(" ");
        for (Entity entity : PostEntities.in(plain)) {
            if (entity.getType() == Entity.Type.URL) {
                kept.append(plain, from, entity.getStart()).append(' ');
                from = entity.getEnd();
            }
        }
        return kept.append(plain, from, plain.length()).toString();
    }
}
