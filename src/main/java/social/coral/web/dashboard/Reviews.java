package social.coral.web.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.agents.AgentCard;
import social.coral.api.Page;
import social.coral.content.Blogs;
import social.coral.content.ConversationPost;
import social.coral.content.Conversations;
import social.coral.content.PostStatus;
import social.coral.content.Replies;
import social.coral.content.Reply;
import social.coral.content.ReviewedText;
import social.coral.content.ReviewedTexts;
import social.coral.content.TextKind;
import social.coral.content.TweetThreads;
import social.coral.content.Tweets;
import social.coral.web.frame.Address;
import social.coral.web.frame.Ellipsis;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Visitor;
import social.coral.web.posts.StatusWords;
import social.coral.web.texts.MarkWords;
import social.coral.web.texts.Markdown;
import social.coral.web.texts.Reviser;
import social.coral.web.texts.TextPlace;
import social.coral.web.texts.TextView;

/** Finds the texts that wait for the person's approval. */
@Component
public class Reviews {

    private static final Page SOME = new Page(5, 0);
    private static final int SHOWN_OF_ANSWERED = 500;
    private static final StatusWords WORDS = StatusWords.of(PostStatus.IN_REVIEW);

    /** How many texts of a kind wait, which are listed at this address. */
    public record Waiting(String label, int texts, String address) {}

    private final Tweets tweets;
    private final TweetThreads threads;
    private final Replies replies;
    private final Blogs blogs;
    private final Conversations conversations;
    private final Visitor visitor;

    Reviews(Tweets tweets, TweetThreads threads, Replies replies, Blogs blogs, Conversations conversations, Visitor visitor) {
        this.tweets = tweets;
        this.threads = threads;
        this.replies = replies;
        this.blogs = blogs;
        this.conversations = conversations;
        this.visitor = visitor;
    }

    List<ActionItem> items() {
        return Stream.of(items(TextPlace.POSTS, tweets), items(TextPlace.THREADS, threads), items(TextPlace.REPLIES, replies),
                        items(TextPlace.BLOGS, blogs))
                .flatMap(List::stream)
                .toList();
    }

    /** The texts that changes are wanted of and that no agent comes to by itself. */
    List<ActionItem> sentBack(List<AgentCard> cards) {
        Set<String> working = cards.stream().filter(card -> card.schedule().enabled() && card.ready() && !card.keyless()).map(AgentCard::name).collect(Collectors.toSet());
        return Stream.of(sentBack(TextPlace.POSTS, tweets, working), sentBack(TextPlace.THREADS, threads, working), sentBack(TextPlace.REPLIES, replies, working),
                        sentBack(TextPlace.BLOGS, blogs, working))
                .flatMap(List::stream)
                .toList();
    }

    private static List<ActionItem> sentBack(TextPlace place, ReviewedTexts<? extends ReviewedText> texts, Set<String> working) {
        StatusWords words = StatusWords.of(PostStatus.CHANGES_WANTED);
        return texts.list(PostStatus.CHANGES_WANTED, SOME).stream().filter(text -> !working.contains(Objects.requireNonNullElse(Reviser.agent(text), "")))
                .map(text -> new ActionItem(words.word(), words.tone(), "Changes are wanted of a " + place.one() + (text.title() == null ? "" : ": " + text.title()),
                        words(text), text.updatedAt(), "View", place.of(text.id())))
                .toList();
    }

    /** Some of each kind, and how many more there are. */
    private List<ActionItem> items(TextPlace place, ReviewedTexts<? extends ReviewedText> texts) {
        List<? extends ReviewedText> some = texts.list(PostStatus.IN_REVIEW, SOME);
        Map<UUID, ConversationPost> answered = conversations.answered(
                some.stream().filter(Reply.class::isInstance).map(Reply.class::cast).toList());
        List<ActionItem> items = new ArrayList<>(some.stream().map(text -> item(place, text, answered)).toList());
        int more = items.size() < SOME.limit() ? 0 : texts.count(PostStatus.IN_REVIEW, "") - SOME.limit();
        if (more > 0) {
            items.add(new ActionItem(WORDS.word(), WORDS.tone(),
                    Figures.count(more, "more " + place.one() + " needs", "more " + place.many() + " need") + " your approval",
                    null, null, "View all", Address.of(place.path()).with("status", PostStatus.IN_REVIEW).toString()));
        }
        return items;
    }

    private ActionItem item(TextPlace place, ReviewedText text, Map<UUID, ConversationPost> answered) {
        String to = text instanceof Reply reply && reply.author() != null ? " to @" + reply.author() : "";
        String title = "A " + place.one() + to + " needs your approval" + (text.title() == null ? "" : ": " + text.title());
        ActionItem item = new ActionItem(WORDS.word(), WORDS.tone(), title, words(text), text.updatedAt(), "Review",
                place.of(text.id())).with(MarkWords.badges(text)).answering(said(text, answered));
        return !TextView.isApprovedInList(text, visitor.limit()) ? item
                : item.approvedBy(new ActionItem.Approval(place.of(text.id()) + "/status", text.updatedAt().toString()));
    }

    private static @Nullable String said(ReviewedText text, Map<UUID, ConversationPost> answered) {
        ConversationPost post = text instanceof Reply reply ? answered.get(reply.postId()) : null;
        return post == null ? null : Ellipsis.after(SHOWN_OF_ANSWERED, post.content());
    }

    private static String words(ReviewedText text) {
        return text.kind() == TextKind.BLOG ? Markdown.beginning(text.texts().getFirst())
                : TextView.isShownWhole(text) ? String.join("\n\n", text.texts())
                : text.texts().getFirst();
    }

    /** The kinds of which some wait, with how many. */
    List<Waiting> figures() {
        return Stream.of(waiting(TextPlace.THREADS, threads), waiting(TextPlace.REPLIES, replies), waiting(TextPlace.BLOGS, blogs))
                .filter(kind -> kind.texts() > 0)
                .toList();
    }

    private static Waiting waiting(TextPlace place, ReviewedTexts<? extends ReviewedText> texts) {
        return new Waiting(place.title() + " in review", texts.count(PostStatus.IN_REVIEW, ""),
                Address.of(place.path()).with("status", PostStatus.IN_REVIEW).toString());
    }
}
