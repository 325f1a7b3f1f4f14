package social.coral.imports.archive;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables that other networks export, plans of posts to come, and figures without posts, known by the names of their columns. */
enum ForeignTable {
    OVERVIEW("This is the account overview of X Analytics, which has no posts. Export “Content” there instead.", Set.of("date", "impressions", "likes", "engagements")),
    LINKEDIN(of("LinkedIn"), Set.of("sharecommentary"), Set.of("posttitle", "postlink"), Set.of("linkedinurl")),
    TIKTOK(of("TikTok"), Set.of("videoid", "postedat"), Set.of("videolink"), Set.of("videotitle", "videolink"), Set.of("videotitle", "posttime")),
    INSTAGRAM(of("Instagram"), Set.of("accountusername", "permalink", "posttype"), Set.of("caption", "mediatype"), Set.of("igmediaid")),
    THREADS(of("Threads"), Set.of("accountusername", "publishtime", "permalink")),
    FACEBOOK(of("Facebook"), Set.of("pageid", "pagename"), Set.of("pagename", "permalink")),
    YOUTUBE(of("YouTube"), Set.of("videotitle", "videopublishtime")),
    REDDIT(of("Reddit"), Set.of("subreddit")),
    DISCORD(of("Discord"), Set.of("authorid", "attachments", "reactions"), Set.of("contents", "attachments")),
    WEIBO(of("Weibo"), Set.of("微博id"), Set.of("微博正文"), Set.of("bid", "正文"), Set.of("mblogid"), Set.of("attitudescount")),
    TIKTOK_POSTS(of("TikTok"), Set.of("diggcount"), Set.of("awemeid"), Set.of("webvideourl")),
    FACEBOOK_POSTS(of("Facebook"), Set.of("facebookurl"), Set.of("pageid", "postid", "reactions")),
    YOUTUBE_COMMENTS(of("YouTube"), Set.of("commentid", "videoid"), Set.of("channelid", "videoid"), Set.of("commenttext", "videoid")),
    LINKEDIN_MESSAGES(of("LinkedIn"), Set.of("senderprofileurl"), Set.of("recipientprofileurls")),
    MASTODON(of("Mastodon"), Set.of("reblogscount"), Set.of("spoilertext")),
    BLUESKY(of("Bluesky"), Set.of("cid", "uri"), Set.of("did", "handle")),
    TELEGRAM(of("Telegram"), Set.of("dateunixtime"), Set.of("textentities"), Set.of("peerid", "message")),
    INSTAGRAM_POSTS(of("Instagram or Threads"), Set.of("mediaproducttype"), Set.of("shortcode", "caption"), Set.of("igmediaid")),
    HOOTSUITE("This looks like a plan of posts from Hootsuite, or comments on LinkedIn. " + ForeignTable.WHAT_TO_DO, Set.of("dateandtime", "text", "link"), Set.of("date", "message", "link")),
    BUFFER(plan("Buffer"), Set.of("text", "imageurl", "postingtime")),
    HYPEFURY(plan("Hypefury"), Set.of("text", "postat")),
    PLAN(plan("a planner"), Set.of("scheduledfor"), Set.of("scheduledat"), Set.of("scheduleddate"), Set.of("scheduleddatetime"), Set.of("publishat"));

    static final String WHAT_TO_DO = "Only posts from X can be imported: request your archive on X (Settings, Your account) and upload its ZIP.";
    /** Have the columns that posts need and others that no table of posts of X has. */
    private static final Set<ForeignTable> COMPLETE = EnumSet.of(REDDIT, DISCORD, WEIBO, TIKTOK_POSTS, FACEBOOK_POSTS, YOUTUBE_COMMENTS, LINKEDIN_MESSAGES, MASTODON, BLUESKY, TELEGRAM,
            INSTAGRAM_POSTS);

    private final String sentence;
    private final List<Set<String>> marks;

    @SafeVarargs
    ForeignTable(String sentence, Set<String>... marks) {
        this.sentence = sentence;
        this.marks = List.of(marks);
    }

    private static String of(String network) {
        return ForeignObject.sentence(network);
    }

    private static String plan(String program) {
        return "This looks like a plan of posts from " + program + ". " + WHAT_TO_DO;
    }

    /** @param complete whether the table has the columns that posts need, as those of few others have */
    static void refuse(List<String> header, boolean complete) throws UnreadableFile {
        Set<String> names = header.stream().map(PostField::letters).collect(Collectors.toSet());
        var found = Stream.of(values()).filter(table -> (!complete || COMPLETE.contains(table)) && table.marks.stream().anyMatch(names::containsAll)).findFirst();
        if (found.isPresent()) {
            throw UnreadableFile.format(found.get().sentence);
        }
    }
}
