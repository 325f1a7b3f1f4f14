package social.coral.imports.archive;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** ZIPs that are no archive of X, known by the names of their files, and what to do with such a ZIP. */
enum ForeignArchive {
    CORAL("tables/[a-z0-9_]{1,63}\\.ndjson", "This is a Coral Social export. Import it under Settings, Data."),
    SPREADSHEET("xl/.*|content\\.xml|index/.*\\.iwa", "This is a spreadsheet. Save it as CSV (UTF-8) and upload that file."),
    DOCUMENT("(?:word|ppt)/.*", "This is an office document. Put the posts into a table, save it as CSV (UTF-8) and upload that file."),
    LINKEDIN("(?:.*/)?(?:shares|connections|rich[ _]media)\\.csv", of("LinkedIn")),
    INSTAGRAM("(?:.*/)?(?:your_instagram_activity/.*|content/posts_[0-9]{1,4}\\.(?:json|html))", of("Instagram")),
    FACEBOOK("(?:.*/)?(?:your_(?:facebook_activity|activity_across_facebook)/.*|posts/your_.*)", of("Facebook")),
    MASTODON("(?:.*/)?(?:outbox|actor)\\.json", of("Mastodon")),
    REDDIT("(?:.*/)?post_headers\\.csv", of("Reddit")),
    TIKTOK("(?:.*/)?user_data_tiktok\\.json", of("TikTok")),
    GOOGLE("takeout/.*", of("Google"));

    private final Pattern names;
    private final String sentence;

    ForeignArchive(String names, String sentence) {
        this.names = Pattern.compile(names);
        this.sentence = sentence;
    }

    private static String of(String network) {
        return "This is " + ForeignObject.export(network) + ". " + ForeignTable.WHAT_TO_DO;
    }

    /** Returns the kind of archive that has a file with this name, which is given in lower case; null if it is none of these. */
    static @Nullable ForeignArchive with(String name) {
        return Stream.of(values()).filter(archive -> archive.names.matcher(name).matches()).findFirst().orElse(null);
    }

    UnreadableFile refusal() {
        return UnreadableFile.format(sentence);
    }
}
