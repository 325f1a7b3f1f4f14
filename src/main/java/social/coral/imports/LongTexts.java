package social.coral.imports;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportStore.Beginning;
import social.coral.imports.ImportStore.Change;
import social.coral.imports.ImportStore.Corrected;
import social.coral.imports.archive.PostField;
import social.coral.imports.archive.PostRow;
import social.coral.networks.PostIds;

/**
 * Joins the long texts of an archive to their posts, whose text breaks off. The texts have ids of their own, so a post is found by
 * its author, its time and how it begins.
 */
final class LongTexts {

    private static final int AT_ONCE = 20;
    private static final int MAX_CHARACTERS = 500_000;
    private static final int LONGEST_WITHOUT_MARK = 200;
    /** The letters that a post begins with, if the accents of each are characters of their own. */
    private static final int MAX_COMPARED = 4_000;
    private static final Pattern HALF_ESCAPE = Pattern.compile("&[#a-z0-9]{0,6}$");

    /** The names that a text begins with. */
    private record Names(String text, Set<String> words) {

        static Names of(String text) {
            String names = text.substring(0, endOfMentions(text));
            return new Names(names, new HashSet<>(List.of(names.strip().split("\\s+"))));
        }

        int length() {
            return text.length();
        }
    }

    /** A long text, and the names that it begins with apart from the rest, whose beginning is compared with each post. */
    private record LongText(PostRow row, String id, Names names, String rest, int restLength, String beginning, Instant time) {

        static LongText of(PostRow row, String text, Instant time) {
            Names names = Names.of(text);
            String rest = text.substring(names.length()).strip();
            return new LongText(row, Objects.requireNonNullElse(GivenId.of(row), row.place().toString()), names, rest, rest.codePointCount(0, rest.length()),
                    composed(rest.substring(0, Math.min(rest.length(), MAX_COMPARED))), time);
        }

        /** The same text if nothing in it was escaped, as archives have it too: it may hold what only looks like an escape. */
        LongText plain() {
            PostRow plain = new PostRow(row.place(), row.kind(), row.values(), false, row.links(), row.versions(), row.ofX());
            try {
                return of(plain, PostText.of(plain), time);
            } catch (ImportedPost.NoPost e) {
                return this;
            }
        }

        /** Returns the text with the names that its post begins with, of which it may lack some. */
        String under(Names namesOfPost) {
            return namesUnder(namesOfPost) + rest;
        }

        int lengthUnder(Names namesOfPost) {
            return namesUnder(namesOfPost).length() + restLength;
        }

        boolean startsUnder(Names namesOfPost, String start) {
            String first = namesUnder(namesOfPost);
            return first.length() < start.length() ? start.startsWith(first) && rest.startsWith(start.substring(first.length())) : first.startsWith(start);
        }

        private String namesUnder(Names ofPost) {
            boolean hasAll = ofPost.text().endsWith(names.text()) || names.length() < ofPost.length() && ofPost.words().containsAll(names.words());
            return hasAll ? ofPost.text() : names.text();
        }

        /** Reports whether it is a later version of the same long text. */
        boolean isLaterThan(LongText other) {
            return value(PostField.UPDATED_AT).compareTo(other.value(PostField.UPDATED_AT)) > 0;
        }

        private String value(PostField field) {
            return Objects.requireNonNullElse(row.value(field), "");
        }
    }

    /** A post that may have a long text: the names that it begins with, and what can be compared of the rest up to its break. */
    private record Candidate(Beginning post, Names names, @Nullable String beginning) {

        static Candidate of(Beginning post) {
            String text = post.text();
            int end = text.lastIndexOf('…');
            Names named = Names.of(text);
            int names = named.length();
            if (end < Math.max(Origin.SHORTEST_BREAK, names) || !isLinks(text.substring(end + 1))) {
                // Where a picture follows, nothing marks the break.
                // What a table had in the place of a text that breaks off agrees with it up to there.
                String rest = text.substring(names, post.origin() == Origin.CUT ? Math.min(text.length(), names + LONGEST_WITHOUT_MARK) : text.length());
                return new Candidate(post, named, post.length() < LONGEST_WITHOUT_MARK ? null : composed(upToLink(rest, post.origin()).strip()));
            }
            // Links can be written differently in the two, and the break can be in the middle of an escape.
            int link = text.indexOf("http", names);
            String beginning = text.substring(names, link < 0 ? end : Math.min(link, end));
            return new Candidate(post, named, composed(HALF_ESCAPE.matcher(beginning).replaceFirst("").strip()));
        }

        private static String upToLink(String text, Origin origin) {
            int link = origin == Origin.CUT ? text.indexOf("http") : -1;
            return link < 0 ? text : text.substring(0, link);
        }

        boolean isWhole(LongText text) {
            return post.length() == text.lengthUnder(names) && text.startsUnder(names, post.text());
        }

        boolean belongsTo(LongText text) {
            return beginning != null && text.beginning().startsWith(beginning) || isWhole(text);
        }
    }

    private final ImportStore store;
    private final ImportedPost reader;
    private final String author;
    private final Predicate<Instant> isOfPostLeftOut;
    private final Consumer<PostRow> unmatched;
    private final Runnable look;
    private final List<LongText> waiting = new ArrayList<>();
    private int characters;
    private Corrected corrected = new Corrected(0, 0);

    /**
     * @param isOfPostLeftOut whether a post of this time was left out, with its long text
     * @param unmatched takes the others that fit none of the posts
     * @param look checks for each text and post whether the import has to end, and lets others work
     */
    LongTexts(ImportStore store, ImportedPost reader, String author, Predicate<Instant> isOfPostLeftOut, Consumer<PostRow> unmatched, Runnable look) {
        this.store = store;
        this.reader = reader;
        this.author = author;
        this.isOfPostLeftOut = isOfPostLeftOut;
        this.unmatched = unmatched;
        this.look = look;
    }

    void take(PostRow row) throws ImportedPost.NoPost {
        waiting.add(LongText.of(row, PostText.of(row), reader.time(row)));
        characters += row.length();
        if (waiting.size() == AT_ONCE || characters > MAX_CHARACTERS) {
            join();
        }
    }

    /** Joins what is left and returns which posts of earlier imports were corrected. */
    Corrected end() {
        join();
        return corrected;
    }

    private void join() {
        if (waiting.isEmpty()) {
            return;
        }
        // Those of a thread that was sent at once follow each other in the order of their ids.
        waiting.sort(Comparator.comparing(LongText::time).thenComparing(LongText::id, PostIds.OLDEST_FIRST));
        List<Candidate> posts = new ArrayList<>();
        for (Beginning post : store.around(waiting.stream().map(LongText::time).toList())) {
            look.run();
            posts.add(Candidate.of(post));
        }
        Set<String> joined = new HashSet<>();
        List<Change> changes = new ArrayList<>();
        for (LongText text : withoutOldVersions()) {
            look.run();
            LongText whole = text;
            Optional<Candidate> found = find(whole, posts, joined);
            if (found.isEmpty() && text.row().escaped()) {
                whole = text.plain();
                found = find(whole, posts, joined);
            }
            if (found.isPresent()) {
                joined.add(found.get().post().id());
                if (!found.get().isWhole(whole)) {
                    changes.add(new Change(found.get().post().id(), whole.under(found.get().names()), null));
                }
            } else if (!isOfPostLeftOut.test(whole.time())) {
                unmatched.accept(text.row());
            }
        }
        if (!changes.isEmpty()) {
            Corrected some = store.change(changes);
            corrected = new Corrected(corrected.posts() + some.posts(), corrected.skipped() + some.skipped());
        }
        waiting.clear();
        characters = 0;
    }

    private Collection<LongText> withoutOldVersions() {
        Map<String, LongText> byId = new LinkedHashMap<>();
        waiting.forEach(text -> byId.merge(text.id(), text, (one, other) -> other.isLaterThan(one) ? other : one));
        return byId.values();
    }

    /** The two files can write the same accents differently. */
    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** A person may have named another author for the post since. */
    private Optional<Candidate> find(LongText whole, List<Candidate> posts, Set<String> joined) {
        return posts.stream()
                .filter(candidate -> !joined.contains(candidate.post().id()) && candidate.belongsTo(whole))
                .min(Comparator.comparing((Candidate candidate) -> !candidate.post().author().equals(author))
                        .thenComparing(candidate -> Duration.between(candidate.post().time(), whole.time()).abs())
                        .thenComparing(candidate -> candidate.post().id(), PostIds.OLDEST_FIRST));
    }

    private static boolean isLinks(String rest) {
        return rest.isBlank() || List.of(rest.strip().split("\\s+")).stream().allMatch(word -> word.startsWith("http"));
    }

    /** Where the names end that a reply begins with. */
    private static int endOfMentions(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) == '@') {
            int space = end;
            while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
                space++;
            }
            if (space == text.length()) {
                return end;
            }
            end = space + 1;
        }
        return end;
    }
}
