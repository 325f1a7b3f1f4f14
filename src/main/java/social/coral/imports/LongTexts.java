package social.coral.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import social.coral.imports.ImportStore.Beginning;
import social.coral.imports.ImportStore.Change;
import social.coral.imports.archive.PostRow;
import social.coral.networks.PostIds;

/**
 * Joins the long texts of an archive to their posts, whose text breaks off. The texts have ids of their own, so a post is found by
 * its author, its time and how it begins.
 */
final class LongTexts {

    private static final int AT_ONCE = 20;
    /** The text of a post breaks off after some 270 characters, or half as many in scripts whose letters count double. */
    private static final int SHORTEST_BREAK = 100;

    private record LongText(PostRow row, String text, Instant time) {}

    private final ImportStore store;
    private final ImportedPost reader;
    private final Remarks remarks;
    private final String author;
    private final Predicate<Instant> isOfPostLeftOut;
    private final List<LongText> waiting = new ArrayList<>();
    private int corrected;

    /** @param isOfPostLeftOut whether a post of this time was left out, with its long text */
    LongTexts(ImportStore store, ImportedPost reader, Remarks remarks, String author, Predicate<Instant> isOfPostLeftOut) {
        this.store = store;
        this.reader = reader;
        this.remarks = remarks;
        this.author = author;
        this.isOfPostLeftOut = isOfPostLeftOut;
    }

    void take(PostRow row) throws ImportedPost.NoPost {
        waiting.add(new LongText(row, ImportedPost.text(row), reader.time(row)));
        if (waiting.size() == AT_ONCE) {
            join();
        }
    }

    /** Joins what is left and returns how many posts of earlier imports were corrected. */
    int end() {
        join();
        return corrected;
    }

    private void join() {
        if (waiting.isEmpty()) {
            return;
        }
        // Those of a thread that was sent at once follow each other in the order of their ids.
        waiting.sort(Comparator.comparing(LongText::time).thenComparing(text -> String.valueOf(ImportedPost.givenId(text.row())), PostIds.OLDEST_FIRST));
        List<Beginning> posts = store.before(author, waiting.stream().map(LongText::time).toList());
        Set<String> joined = new HashSet<>();
        List<Change> changes = new ArrayList<>();
        for (LongText whole : waiting) {
            Optional<Beginning> post = posts.stream()
                    .filter(candidate -> !joined.contains(candidate.id()) && belongs(candidate, whole))
                    .min(Comparator.comparing((Beginning candidate) -> Duration.between(candidate.time(), whole.time()).abs())
                            .thenComparing(Beginning::id, PostIds.OLDEST_FIRST));
            if (post.isPresent()) {
                joined.add(post.get().id());
                join(post.get(), whole.text(), changes);
            } else if (!isOfPostLeftOut.test(whole.time())) {
                remarks.add(Remarks.Kind.NO_POST_FOR_LONG_TEXT, whole.row().place());
            }
        }
        corrected += changes.isEmpty() ? 0 : store.change(changes);
        waiting.clear();
    }

    private static void join(Beginning post, String longText, List<Change> changes) {
        String whole = withMentions(post.text(), longText);
        if (!isWhole(post, whole)) {
            changes.add(new Change(post.id(), whole, null));
        }
    }

    private static boolean isWhole(Beginning post, String text) {
        return post.length() == text.codePointCount(0, text.length()) && text.startsWith(post.text());
    }

    /** Links can be written differently in the two, so the beginnings are compared up to the first. */
    private static boolean belongs(Beginning post, LongText whole) {
        if (isWhole(post, withMentions(post.text(), whole.text()))) {
            return true;
        }
        int end = post.text().lastIndexOf('…');
        if (end < SHORTEST_BREAK || !isLinks(post.text().substring(end + 1))) {
            return false;
        }
        String beginning = withoutMentions(post.text().substring(0, end));
        int link = beginning.indexOf("http");
        return withoutMentions(whole.text()).startsWith((link < 0 ? beginning : beginning.substring(0, link)).strip());
    }

    private static boolean isLinks(String rest) {
        return rest.isBlank() || List.of(rest.strip().split("\\s+")).stream().allMatch(word -> word.startsWith("http"));
    }

    private static String withoutMentions(String text) {
        return text.substring(endOfMentions(text)).strip();
    }

    /** Where the names end that a reply begins with. */
    private static int endOfMentions(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) == '@') {
            int space = text.indexOf(' ', end);
            if (space < 0) {
                return end;
            }
            end = space + 1;
        }
        return end;
    }

    /** A reply begins with the names that it answers, which its long text may lack, all or the first of them. */
    private static String withMentions(String shortText, String longText) {
        String names = shortText.substring(0, endOfMentions(shortText));
        String kept = longText.substring(0, endOfMentions(longText));
        return names.endsWith(kept) ? names + longText.substring(kept.length()) : longText;
    }
}
