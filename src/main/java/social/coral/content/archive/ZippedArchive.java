package social.coral.content.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import social.coral.portability.BoundedZip;
import social.coral.portability.ImportFault;

/** X's archive as downloaded: gigabytes of media, from which only the posts and the owner's name are read. */
final class ZippedArchive {

    private static final Pattern POSTS = Pattern.compile("(?:[^/]{1,200}/)?(?:data/)?tweets?(?:-part[0-9]{1,9})?\\.js");
    private static final Pattern ACCOUNT = Pattern.compile("(?:[^/]{1,200}/)?(?:data/)?account\\.js");

    private static final int MAX_NAME_LENGTH = 300;
    private static final BoundedZip ZIP = new BoundedZip(500_000, 200L << 30);

    private boolean found;
    private String name = "";

    private ZippedArchive() {}

    static void read(InputStream in, PostSink sink) throws BrokenFile {
        new ZippedArchive().readAll(in, sink);
    }

    private void readAll(InputStream in, PostSink sink) throws BrokenFile {
        try {
            ZIP.each(in, (entry, content) -> take(entry, content, sink));
        } catch (BrokenEntry e) {
            throw e.file;
        } catch (IOException e) {
            throw BrokenFile.at(new Place(name, 1, null), e);
        }
        if (!found) {
            throw ImportFault.ofTheFile("This ZIP has no data/tweets.js. Send the archive as X gives it, or only its tweets.js.");
        }
    }

    private void take(String entry, InputStream content, PostSink sink) throws IOException {
        name = entry.substring(0, Math.min(entry.length(), MAX_NAME_LENGTH));
        boolean posts = POSTS.matcher(name).matches();
        if (posts || ACCOUNT.matcher(name).matches()) {
            try {
                TextFile.read(content, name, sink);
            } catch (BrokenFile e) {
                throw new BrokenEntry(e);
            }
            found |= posts;
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
