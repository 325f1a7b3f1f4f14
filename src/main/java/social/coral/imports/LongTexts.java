package social.coral.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.coral.imports.ImportStore.Change;
import social.coral.imports.archive.PostRow;
import social.coral.networks.Post;

/**
 * Joins the long texts of an archive to their posts, whose text breaks off. The texts have ids of their own, so a post is found by
 * its author, its time and how it begins.
 */
final class LongTexts {

    private static final int AT_ONCE = 50;
    private static final Pattern MENTIONS = Pattern.compile("^(?:@[A-Za-z0-9_]{1,20}\\s+)+");
    private static final Pattern LINK = Pattern.compile("https?://");
    private static final Pattern BREAK = Pattern.compile("\\s*…\\s*(?:https?://\\S+\\s*)*$");
    /** X breaks a text off after some 270 characters; what ends earlier has ended by itself. */
    private static final int SHORTEST_BREAK = 60;

    private record LongText(PostRow row, String text, Instant time) {}

    private final ImportStore store;
    private final ImportedPost reader;
    private final Remarks remarks;
    private final String author;
    private final List<LongText> waiting = new ArrayList<>();
    private int corrected;

    LongTexts(ImportStore store, ImportedPost reader, Remarks remarks, String author) {
        this.store = store;
        this.reader = reader;
        this.remarks = remarks;
        this.author = author;
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
        List<Post> posts = store.around(author, waiting.stream().map(LongText::time).toList());
        List<Change> changes = new ArrayList<>();
        for (LongText whole : waiting) {
            Optional<Post> post = posts.stream()
                    .filter(candidate -> isBeginning(candidate, whole))
                    .min(Comparator.comparing(candidate -> Duration.between(candidate.createdAt(), whole.time()).abs()));
            post.ifPresentOrElse(found -> join(found, whole.text(), changes), () -> remarks.add(Remarks.Kind.NO_POST_FOR_LONG_TEXT, whole.row().place()));
        }
        corrected += changes.isEmpty() ? 0 : store.change(changes);
        waiting.clear();
    }

    private static void join(Post post, String longText, List<Change> changes) {
        String whole = withMentions(post.text(), longText);
        if (!whole.equals(post.text())) {
            changes.add(new Change(post.id(), whole, null));
        }
    }

    /** Links can be written differently in the two, so the beginnings are compared up to the first. */
    private static boolean isBeginning(Post post, LongText whole) {
        if (Duration.between(post.createdAt(), whole.time()).abs().compareTo(Duration.ofMinutes(1)) > 0) {
            return false;
        }
        String longText = withoutMentions(whole.text());
        if (withoutMentions(post.text()).equals(longText)) {
            return true;
        }
        Matcher broken = BREAK.matcher(post.text());
        if (!broken.find()) {
            return false;
        }
        String beginning = withoutMentions(post.text().substring(0, broken.start()));
        Matcher link = LINK.matcher(beginning);
        String comparable = link.find() ? beginning.substring(0, link.start()) : beginning;
        return beginning.length() >= SHORTEST_BREAK && longText.startsWith(comparable.strip());
    }

    private static String withoutMentions(String text) {
        return MENTIONS.matcher(text.strip()).replaceFirst("");
    }

    /** A reply begins with the names that it answers, which its long text may lack. */
    private static String withMentions(String shortText, String longText) {
        Matcher mentions = MENTIONS.matcher(shortText);
        return mentions.find() && !longText.startsWith("@") ? mentions.group() + longText : longText;
    }
}
