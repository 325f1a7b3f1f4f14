package social.coral.web.texts;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.content.Approval;
import social.coral.content.CollectedPost;
import social.coral.content.PostLimit;
import social.coral.content.PostStatus;
import social.coral.content.Reply;
import social.coral.content.ReviewNote;
import social.coral.content.ReviewedText;
import social.coral.content.TextKind;
import social.coral.content.TextMark;
import social.coral.content.TextVersion;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Ellipsis;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;

/**
 * One text with what was said of it.
 *
 * @param form the words in the editor
 * @param editing whether the editor is open, because there is something in it that is not saved
 * @param versions the newest of them
 * @param marks what of the words in the editor is in no source
 * @param approvals the last ones, the newest first
 * @param quoted the collected posts among its sources, by their ids
 * @param postingCost what X charges for posting it through its API, in millionths of a US dollar; 0 for what does not go there
 * @param reviser who makes the changes that are wanted; null where none are
 */
public record TextView(
        ReviewedText text,
        Form form,
        boolean editing,
        @Nullable ConcurrentEdit meanwhile,
        List<ReviewNote> notes,
        List<TextVersion> versions,
        List<TextMark> marks,
        List<Approval> approvals,
        WriterWords writers,
        Map<UUID, CollectedPost> quoted,
        long postingCost,
        @Nullable Reviser reviser) {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int NAMED = 80;
    private static final int SHOWN_OF_SOURCE = 100;
    private static final int SHORT = 900;
    private static final int FEW_PARTS = 4;

    public TextPlace place() {
        return TextPlace.of(text.kind());
    }

    public String address() {
        return place().of(text.id());
    }

    /** The title of the page. */
    public String title() {
        String title = text.title();
        return title == null ? StorableText.capitalized(place().one()) : title;
    }

    /** Reports whether the agent that wrote it can be asked for changes. */
    public boolean takesNotes() {
        return text.writtenBy().agent() != null && (text.status() == PostStatus.CHANGES_WANTED || text.next().contains(PostStatus.CHANGES_WANTED));
    }

    /** Reports whether it can be given a time, or another one. */
    public boolean canBeScheduled(PostLimit limit) {
        return (text.status() == PostStatus.SCHEDULED || text.next().contains(PostStatus.SCHEDULED)) && limit.fits(text);
    }

    /** Reports whether the person can publish it now, by hand. */
    public boolean isReady() {
        return text.status() == PostStatus.APPROVED || text.status() == PostStatus.SCHEDULED;
    }

    /** Says what saving a change does to the approval; null where it does nothing. */
    public @Nullable String hint() {
        return text.status().afterEdit() == text.status() ? null : text.kind() == TextKind.THREAD
                ? "Another title changes nothing else. Saving other parts makes it a draft again. It then needs a new approval."
                : "Saving a change makes it a draft again. It then needs a new approval.";
    }

    /** Says what is deleted together with the text. */
    public static String losses(int versions, int notes) {
        return Figures.count(versions, "version", "versions") + (notes == 0 ? "" : " and " + Figures.count(notes, "note", "notes"));
    }

    /** What a list calls a text: its title, or how it begins. */
    public static String name(ReviewedText text) {
        String title = text.title();
        return title == null ? Ellipsis.after(NAMED, BLANKS.matcher(text.texts().getFirst().strip()).replaceAll(" ")) : title;
    }

    /** What stands above a text in a list: as its name, but for a reply whom it answers, because its text stands below. */
    public static String heading(ReviewedText text) {
        return text instanceof Reply reply && reply.author() != null ? "To @" + reply.author() : name(text);
    }

    /** The beginning of a post that a text rests on, enough to tell it from others of the same author. */
    public static String beginning(CollectedPost post) {
        return Ellipsis.after(SHOWN_OF_SOURCE, BLANKS.matcher(post.content().strip()).replaceAll(" "));
    }

    /** Reports whether a list shows all of the text, so that it can be approved there. Nobody approves what they have not read. */
    public static boolean isShownWhole(ReviewedText text) {
        return text.kind() != TextKind.BLOG && text.texts().size() <= FEW_PARTS && text.texts().stream().mapToInt(String::length).sum() <= SHORT;
    }

    /** Reports whether it can be approved right where it is listed. */
    public static boolean isApprovedInList(ReviewedText text, PostLimit limit) {
        return text.next().contains(PostStatus.APPROVED) && text.status() == PostStatus.IN_REVIEW && isShownWhole(text) && limit.fits(text);
    }
}
