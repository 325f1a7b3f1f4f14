package social.coral.imports.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.portability.BoundedZip;

/** X's archive as downloaded: gigabytes of media, from which only the posts and what it says of itself are read. */
final class ZippedArchive {

    // Names in lower case. Posts under their present and their old names; the tables and months of the archives of 2012 to 2018.
    private static final Pattern POSTS = Pattern.compile("(?:community-|twitter-circle-)?tweets?(?:-part[0-9]{1,9})?\\.js|tweets\\.csv|[0-9]{4}_[0-9]{2}\\.js");
    private static final Pattern OTHERS = Pattern.compile("(?:note-tweets?|deleted-tweets?|deleted-tweet-headers?)(?:-part[0-9]{1,9})?\\.js|(?:account|manifest|user_details|tweet_index|payload_details)\\.js");
    private static final Pattern OWNER = Pattern.compile("(?:account|user_details)\\.js");
    /** As file managers name copies. */
    private static final Pattern COPY = Pattern.compile("(?:tweets?|note-tweet)(?:-part[0-9]{1,9})?(?: copy| - .{1,20}| ?\\(?[0-9]{1,3}\\)?)(?: [0-9]{1,3})?\\.js");
    private static final Pattern HIDDEN = Pattern.compile("(?:.*/)?(?:__macosx/.*|\\._[^/]*)");
    private static final Pattern PACKED = Pattern.compile(".*\\.(?:zip|gz|tgz|7z|rar)");
    private static final Pattern READABLE = Pattern.compile(".*\\.(?:zip|csv|tsv|json|jsonl|ndjson)");
    /** What people put beside an archive's own files, and no part of its page. */
    private static final Pattern BESIDE = Pattern.compile("(?!(?:.*/)?assets/).*\\.(?:csv|tsv|json|jsonl|ndjson)");

    private static final int MAX_FOLDERS = 100;
    private static final int MAX_BESIDE = 3;
    static final int MAX_NAME_LENGTH = 300;
    private static final BoundedZip ZIP = new BoundedZip(500_000, 200L << 30);

    private final @Nullable String zip;
    private final PostSink sink;
    private final Set<String> foldersWithPosts = new LinkedHashSet<>();
    private final Set<String> foldersWithOwner = new HashSet<>();
    private final List<String> namesBeside = new ArrayList<>();
    private int beside;
    private boolean found;
    private @Nullable ForeignArchive foreign;
    /** A file that could be sent by itself. */
    private @Nullable String readable;
    private @Nullable String name;

    private ZippedArchive(@Nullable String zip, PostSink sink) {
        this.zip = zip;
        this.sink = sink;
    }

    /** @param zip the name under which places in it are reported; null for an upload that is one file */
    static void read(InputStream in, @Nullable String zip, PostSink sink) throws BrokenFile, UnreadableFile {
        ZippedArchive archive = new ZippedArchive(zip, sink);
        sink.archiveBegins();
        try {
            archive.readAll(in);
        } catch (BrokenFile e) {
            sink.archiveCut(archive.name);
            throw e;
        } finally {
            sink.archiveEnded();
        }
    }

    private void readAll(InputStream in) throws BrokenFile, UnreadableFile {
        try {
            ZIP.each(in, this::take);
        } catch (BrokenEntry e) {
            throw e.file;
        } catch (BoundedZip.Incomplete e) {
            throw new BrokenFile(Place.of(zip), "The ZIP is incomplete or damaged: " + e.getMessage(), e);
        } catch (BoundedZip.Refused e) {
            if (!found) {
                throw UnreadableFile.content("This ZIP " + e.getMessage() + ". Unpack it and upload its data/tweets.js.");
            }
            throw BrokenFile.at(place(name), e);
        } catch (IOException e) {
            throw BrokenFile.at(place(name), e);
        }
        noteFoldersWithoutOwner();
        noteBeside();
        if (!found) {
            throw withoutPosts();
        }
    }

    private void noteBeside() {
        if (beside > 0 && found) {
            int more = beside - namesBeside.size();
            sink.note(Place.of(zip), "These files are not part of an X archive and were not read: " + String.join(", ", namesBeside) + (more == 0 ? "" : " and " + more + " more")
                    + ". If they hold posts, upload them by themselves.");
        }
    }

    private UnreadableFile withoutPosts() {
        if (foreign != null) {
            return foreign.refusal();
        }
        return UnreadableFile.content("This ZIP has no data/tweets.js. " + (readable == null ? "Upload the archive as X gives it, or only its tweets.js."
                : "Unpack it and send “" + readable + "” from it."));
    }

    private Place place(@Nullable String entry) {
        return Place.of(entry == null ? zip : Place.inside(zip, entry));
    }

    private void take(String given, InputStream content) throws IOException {
        // Some programs on Windows write backslashes.
        String entry = given.substring(0, Math.min(given.length(), MAX_NAME_LENGTH)).replace('\\', '/');
        name = entry;
        String lower = entry.toLowerCase(Locale.ROOT);
        if (HIDDEN.matcher(lower).matches()) {
            return;
        }
        String base = base(entry);
        boolean posts = POSTS.matcher(base).matches();
        foreign = foreign == null ? ForeignArchive.with(lower) : foreign;
        if (posts || OTHERS.matcher(base).matches()) {
            enter(folder(entry), posts, OWNER.matcher(base).matches());
            read(content, entry, posts);
            sink.entryRead(entry);
            found |= posts;
        } else if (COPY.matcher(base).matches()) {
            sink.note(place(entry), "This looks like a copy of a file with posts. It was not read.");
        } else if (PACKED.matcher(base).matches()) {
            sink.note(place(entry), "This file is packed once more. It was not read: if it holds posts, unpack the ZIP and upload it by itself.");
        } else if (BESIDE.matcher(lower).matches()) {
            beside++;
            if (namesBeside.size() < MAX_BESIDE) {
                namesBeside.add("“" + entry + "”");
            }
        }
        if (readable == null && READABLE.matcher(base).matches()) {
            readable = entry;
        }
    }

    private static String base(String entry) {
        return entry.substring(entry.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** Ends one archive where the owner of another is named: a folder with posts and an owner was read, and this is not in it. */
    private void enter(String folder, boolean posts, boolean owner) {
        boolean others = !foldersWithOwner.isEmpty();
        if (owner && foldersWithOwner.size() < MAX_FOLDERS && foldersWithOwner.add(folder) && others && found && !foldersWithPosts.contains(folder)) {
            sink.archiveEnded();
            sink.archiveBegins();
        }
        if (posts && foldersWithPosts.size() < MAX_FOLDERS) {
            foldersWithPosts.add(folder);
        }
    }

    /** Returns what precedes the folder {@code data} of an archive. */
    private static String folder(String entry) {
        int data = ("/" + entry.toLowerCase(Locale.ROOT)).indexOf("/data/");
        return entry.substring(0, data < 0 ? entry.lastIndexOf('/') + 1 : data);
    }

    private void noteFoldersWithoutOwner() {
        if (foldersWithPosts.size() > 1 && !foldersWithOwner.isEmpty()) {
            foldersWithPosts.stream().filter(folder -> !foldersWithOwner.contains(folder) && !folder.isEmpty()).forEach(folder -> sink.note(place(folder),
                    "The ZIP has posts in several folders, and this one has no account.js. Its posts are by the owner that another folder names."));
        }
    }

    private void read(InputStream content, String entry, boolean posts) throws IOException {
        try {
            TextFile.read(content, Place.inside(zip, entry), sink);
        } catch (UnreadableFile e) {
            if (posts) {
                sink.note(place(entry), e.reason());
            } else if (OWNER.matcher(base(entry)).matches()) {
                sink.note(place(entry), "This file should tell whose posts these are, but it cannot be read.");
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
