package social.coral.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportStore.Beginning;
import social.coral.imports.ImportStore.Change;
import social.coral.imports.ImportStore.Corrected;
import social.coral.imports.LongText.Names;
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
    private static final Pattern HALF_ESCAPE = Pattern.compile("&[#a-z0-9]{0,6}$");

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
                return new Candidate(post, named, post.length() < LONGEST_WITHOUT_MARK ? null : LongText.composed(upToLink(rest, post.origin()).strip()));
            }
            // Links can be written differently in the two, and the break can be in the middle of an escape.
            int link = text.indexOf("http", names);
            String beginning = text.substring(names, link < 0 ? end : Math.min(link, end));
            return new Candidate(post, named, LongText.composed(HALF_ESCAPE.matcher(beginning).replaceFirst("").strip()));
        }

        private static String upToLink(String text, Origin origin) {
            int link = origin == Origin.CUT ? text.indexOf("http") : -1;
            return link < 0 ? text : text.substring(0, link);
        }

        boolean isWhole(LongText text) {
            return text.isAllOf(names, post.length(), post.text());
        }

        boolean belongsTo(LongText text) {
            return beginning != null && text.beginning().startsWith(beginning) || isWhole(text);
        }
    }

    /**
     * A post that a long text may be of.
     *
     * @param names those that it begins with; null if it has the whole text
     */
    private record Found(String id, boolean ofOther, Duration away, LongText text, @Nullable Names names) {

        /** A person may have named another author for the post since. */
        static final Comparator<Found> BEST_FIRST = Comparator.comparing(Found::ofOther).thenComparing(Found::away).thenComparing(Found::id, PostIds.OLDEST_FIRST);

        /** Returns what the post is to say; null if it says so already. */
        @Nullable String changed() {
            return names == null ? null : text.under(names);
        }
    }

    /** The best of the posts that a text may be of, as many as there are texts: one of them is left by the others. */
    private final class Search {

        private final LongText text;
        private final List<LongText> forms;
        private final List<BestOf<Found>> found;

        Search(LongText text, int texts) {
            this.text = text;
            this.forms = text.mayBePlain() ? List.of(text, text.plain()) : List.of(text);
            this.found = forms.stream().map(form -> new BestOf<>(texts, Found.BEST_FIRST)).toList();
        }

        LongText text() {
            return text;
        }

        void take(Candidate post) {
            for (int i = 0; i < forms.size(); i++) {
                LongText form = forms.get(i);
                if (post.belongsTo(form)) {
                    found.get(i).add(new Found(post.post().id(), !post.post().author().equals(author), Duration.between(post.post().time(), form.time()).abs(),
                            form, post.isWhole(form) ? null : post.names()));
                }
            }
        }

        /** Returns the best that is not taken; one that the text fits exactly comes first. */
        Optional<Found> best(Set<String> taken) {
            return found.stream().flatMap(some -> some.stream().filter(one -> !taken.contains(one.id())).min(Found.BEST_FIRST).stream()).findFirst();
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
     * @param look checks for each few texts whether the import has to end, and lets others work
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
        look.run();
        Collection<LongText> texts = withoutOldVersions();
        List<Search> searches = texts.stream().map(text -> new Search(text, texts.size())).toList();
        store.around(waiting.stream().map(LongText::time).toList(), author, post -> {
            Candidate candidate = Candidate.of(post);
            searches.forEach(search -> search.take(candidate));
        });
        Set<String> joined = new HashSet<>();
        List<Change> changes = new ArrayList<>();
        for (Search search : searches) {
            Optional<Found> found = search.best(joined);
            found.ifPresent(post -> {
                joined.add(post.id());
                if (post.changed() != null) {
                    changes.add(new Change(post.id(), post.changed(), null));
                }
            });
            if (found.isEmpty() && !isOfPostLeftOut.test(search.text().time())) {
                unmatched.accept(search.text().row());
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

    private static boolean isLinks(String rest) {
        return rest.isBlank() || List.of(rest.strip().split("\\s+")).stream().allMatch(word -> word.startsWith("http"));
    }
}
