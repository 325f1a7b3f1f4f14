package social.coral.web.texts;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentCard;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.content.CollectedPost;
import social.coral.content.CollectedPosts;
import social.coral.content.ConversationPost;
import social.coral.content.Conversations;
import social.coral.content.Mention;
import social.coral.content.Mentions;
import social.coral.content.MutedAuthors;
import social.coral.content.Replies;
import social.coral.content.Reply;
import social.coral.content.TextChange;
import social.coral.networks.Network;
import social.coral.networks.PostIds;
import social.coral.web.agents.Collecting;
import social.coral.web.agents.Missing;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;
import social.coral.web.posts.OpenOnX;

/** May this go out in my name? The replies, each below the conversation that it continues. */
@Controller
@RequestMapping("/replies")
class RepliesPage extends OnePartPages<Reply> {

    private final Replies replies;
    private final CollectedPosts posts;
    private final Mentions mentions;
    private final MutedAuthors muted;
    private final Conversations conversations;
    private final Agents agents;

    RepliesPage(Replies replies, CollectedPosts posts, Mentions mentions, MutedAuthors muted, Conversations conversations,
            TextDesk desk, Agents agents) {
        super(replies, TextPlace.REPLIES, desk);
        this.replies = replies;
        this.posts = posts;
        this.mentions = mentions;
        this.muted = muted;
        this.conversations = conversations;
        this.agents = agents;
    }

    @Override
    ModelAndView listed(ModelAndView page, List<Reply> rows) {
        AgentCard agent = agents.get(Agents.REPLIES);
        return page.addObject("missing", Missing.of(agent))
                .addObject("offersSandbox", new Collecting(agents.get(Agents.COLLECTING)).offersSandbox(agent));
    }

    @Override
    Form words(Reply reply) {
        return typed(reply.content(), reply.postId().toString());
    }

    private static Form typed(String content, String post) {
        return Form.empty().with("content", content.replace("\r\n", "\n")).with("post", post);
    }

    @Override
    Map<UUID, ConversationPost> answered(List<Reply> listed) {
        return conversations.answered(listed);
    }

    /** A reply is to a post, which the address of the form names. */
    @GetMapping(path = "/new", params = "post")
    ModelAndView answer(@RequestParam UUID post) {
        return blank(typed("", mentions.find(post).map(Mention::id).orElseGet(() -> posts.get(post).id()).toString()));
    }

    @Override
    ModelAndView blank(Form form) {
        String post = form.value("post");
        return post.isEmpty() ? PageResult.seeOther("/tweets")
                : withConversation(PageResult.page("replies/blank").addObject("form", form), UUID.fromString(post));
    }

    @Override
    ModelAndView page(Reply reply, TextView view) {
        return withConversation(PageResult.page("replies/show").addObject("reply", reply).addObject("view", view).addObject("onX", view.isReady() ? onX(reply) : null),
                reply.postId());
    }

    /** Where X takes it as an answer to the same post; null for one that is not there or too long. */
    private @Nullable String onX(Reply reply) {
        ConversationPost post = conversations.answered(List.of(reply)).get(reply.postId());
        return post == null || post.network() != Network.X || PostIds.isDerived(post.tweetId()) || !OpenOnX.takes(reply.content()) ? null
                : OpenOnX.replying(reply.content(), post.tweetId());
    }

    private ModelAndView withConversation(ModelAndView page, UUID answered) {
        Mention mention = mentions.find(answered).orElse(null);
        return page.addObject("conversation", mention == null ? conversation(answered) : List.of())
                .addObject("said", mention == null ? List.of() : conversations.of(mention))
                .addObject("mention", mention)
                .addObject("muted", mention != null && muted.isMuted(mention));
    }

    /** Returns the posts up to the one that is answered, the oldest first; none when that one is gone. */
    private List<CollectedPost> conversation(UUID answered) {
        try {
            return conversations.before(posts.get(answered));
        } catch (Failure gone) {
            return List.of();
        }
    }

    @PostMapping("/new")
    ModelAndView write(@RequestParam(required = false) @Nullable UUID post, @RequestParam(defaultValue = "") String content) {
        try {
            return PageResult.seeOther(place.of(replies.write(post, content.replace("\r\n", "\n"), null, null).id()), Toast.done("Saved as a draft."));
        } catch (Failure refused) {
            if (post == null) {
                throw refused;
            }
            Form typed = typed(content, post.toString());
            return PageResult.refused(blank(refused.errors().stream().anyMatch(error -> error.field().equals("content"))
                    ? typed.refused(refused) : typed.refused("content", refused.sentence())));
        }
    }

    /** Shows the length of what is being typed and how it will look, checked against the sources of this reply; stores nothing. */
    @PostMapping("/preview")
    ModelAndView preview(@RequestParam(defaultValue = "") String content, @RequestParam UUID of) throws IOException {
        return desk.preview(content, replies.get(of));
    }

    @PostMapping("/{id}")
    ModelAndView save(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String content,
            @RequestParam(required = false) @Nullable UUID post,
            @RequestParam(defaultValue = "") String seen) {
        Form typed = typed(content, post == null ? "" : post.toString());
        return saved(id, typed.with(ConcurrentEdit.SEEN, seen), TextChange.content(typed.value("content")));
    }
}
