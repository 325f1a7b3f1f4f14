package social.coral.imports.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.portability.BoundedZip;

/** X's archive as downloaded: gigabytes of media, from which only the posts and what it says of itself are read. */
final class ZippedArchive {

    // Posts under their present and their old names; the tables and months of the archives of 2012 to 2018.
    private static final Pattern POSTS = Pattern.compile("(?:community-)?tweets?(?:-part[0-9]{1,9})?\\.js|tweets\\.csv|[0-9]{4}_[0-9]{2}\\.js");
    private static final Pattern OTHERS = Pattern.compile("(?:note|deleted)-tweets?(?:-part[0-9]{1,9})?\\.js|(?:account|manifest|user_details)\\.js");
    private static final Pattern OWNER = Pattern.compile("(?:account|user_details)\\.js");
    /** As file managers name copies. */
    private static final Pattern COPY = Pattern.compile("(?:tweets?|note-tweet)(?:-part[0-9]{1,9})?(?: copy| - .{1,20}| ?\\(?[0-9]{1,3}\\)?)(?: [0-9]{1,3})?\\.js");
    private static final Pattern HIDDEN = Pattern.compile("(?:.*/)?(?:__MACOSX/.*|\\._[^/]*)");
    private static final Pattern SPREADSHEET = Pattern.compile("xl/.*|content\\.xml|Index/.*\\.iwa");

    private static final int MAX_FOLDERS = 100;
    static final int MAX_NAME_LENGTH = 300;
    private static final BoundedZip ZIP = new BoundedZip(500_000, 200L << 30);

    private final Set<String> foldersWithPosts = new LinkedHashSet<>();
    private final Set<String> foldersWithOwner = new HashSet<>();
    private boolean found;
    private boolean spreadsheet;
    private String name = "";

    private ZippedArchive() {}

    static void read(InputStream in, PostSink sink) throws BrokenFile, UnreadableFile {
        sink.archiveBegins();
        try {
            new ZippedArchive().readAll(in, sink);
        } finally {
            sink.archiveEnded();
        }
    }

    private void readAll(InputStream in, PostSink sink) throws BrokenFile, UnreadableFile {
        try {
            ZIP.each(in, (entry, content) -> take(entry, content, sink));
        } catch (BrokenEntry e) {
            throw e.file;
        } catch (BoundedZip.Incomplete e) {
            throw new BrokenFile(Place.of(null), "The ZIP is incomplete or damaged: " + e.getMessage(), e);
        } catch (BoundedZip.Refused e) {
            if (!found) {
                throw UnreadableFile.content("This ZIP " + e.getMessage() + ". Unpack it and send its data/tweets.js.");
            }
            throw BrokenFile.at(Place.of(name), e);
        } catch (IOException e) {
            throw BrokenFile.at(Place.of(name), e);
        }
        noteFoldersWithoutOwner(sink);
        if (!found) {
            throw spreadsheet ? UnreadableFile.format("This is a spreadsheet. Save it as CSV (UTF-8) and send that file.")
                    : UnreadableFile.content("This ZIP has no data/tweets.js. Send the archive as X gives it, or only its tweets.js.");
        }
    }

    private void take(String entry, InputStream content, PostSink sink) throws IOException {
        name = entry.substring(0, Math.min(entry.length(), MAX_NAME_LENGTH));
        String base = name.substring(name.lastIndexOf('/') + 1);
        boolean posts = POSTS.matcher(base).matches();
        spreadsheet |= SPREADSHEET.matcher(name).matches();
        if (!HIDDEN.matcher(name).matches() && (posts || OTHERS.matcher(base).matches())) {
            enter(folder(name), posts, OWNER.matcher(base).matches(), sink);
            read(content, name, posts, sink);
            sink.entryRead(name);
            found |= posts;
        } else if (COPY.matcher(base).matches() && !HIDDEN.matcher(name).matches()) {
            sink.note(Place.of(name), "This looks like a copy of a file with posts. It was not read.");
        }
    }

    /** Ends one archive where the owner of another is named: a folder with posts and an owner was read, and this is not in it. */
    private void enter(String folder, boolean posts, boolean owner, PostSink sink) {
        boolean others = !foldersWithOwner.isEmpty();
        if (owner && foldersWithOwner.size() < MAX_FOLDERS && foldersWithOwner.add(folder) && others && found && !foldersWithPosts.contains(folder)) {
            sink.archiveEnded();
            sink.archiveBegins();
        }
        if (posts && foldersWithPosts.size() < MAX_FOLDERS) {
            foldersWithPosts.add(folder);
        }
    }

    /** Returns what stands before the folder {@code data} of an archive. */
    private static String folder(String entry) {
        int data = ("/" + entry).indexOf("/data/");
        return entry.substring(0, data < 0 ? entry.lastIndexOf('/') + 1 : data);
    }

    private void noteFoldersWithoutOwner(PostSink sink) {
        if (foldersWithPosts.size() > 1 && !foldersWithOwner.isEmpty()) {
            foldersWithPosts.stream().filter(folder -> !foldersWithOwner.contains(folder) && !folder.isEmpty()).forEach(folder -> sink.note(Place.of(folder),
                    "The ZIP has posts in several folders, and this one has no account.js. Its posts are by the owner that another folder names."));
        }
    }

    private static void read(InputStream content, @Nullable String entry, boolean posts, PostSink sink) throws IOException {
        try {
            TextFile.read(content, entry, sink);
        } catch (UnreadableFile e) {
            if (posts) {
                sink.note(Place.of(entry), e.reason());
            }
        } catch (BrokenFile e) {
            if (e.endsTheStream()) {
                throw new BrokenEntry(e);
            }
            sink.broken(e);
        }
    }

    /** Carries an entry's failure out of the ZIP. */
    private static final class BrokenEntry extends IOException {

        private final transient BrokenFile file;

        private BrokenEntry(BrokenFile file) {
            super(file);
            this.file = file;
        }
    }
}
