package social.coral.web.posts;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.PostText;
import social.coral.content.Tweet;
import social.coral.content.TweetChange;
import social.coral.content.Tweets;
import social.coral.tenancy.CostlyWork;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Paging;
import social.coral.web.frame.Toast;

/** What have I written? One's own posts: writing, changing and deleting them. */
@Controller
@RequestMapping("/tweets/mine")
final class MinePage {

    private final Tweets tweets;
    private final CostlyWork costly;

    MinePage(Tweets tweets, CostlyWork costly) {
        this.tweets = tweets;
        this.costly = costly;
    }

    @GetMapping
    ModelAndView list(
            Page page, @RequestParam(required = false) @Nullable String q, @RequestParam(required = false) @Nullable String status) {
        MineView view = view(MineFilter.of(q, status), page, ComposerView.fresh());
        return PageResult.list("posts/mine", view, view.paging());
    }

    private MineView view(MineFilter filter, Page page, ComposerView composer) {
        try {
            List<Tweet> shown = tweets.list(filter.wanted(), filter.words(), page);
            long total = tweets.count(filter.wanted(), filter.words(), page.counted());
            Paging paging = new Paging(filter.address(), page, shown.size(), total);
            return new MineView(filter, shown, paging, composer, tweets.statuses(), null, total == 0 && filter.isOpen());
        } catch (Failure refused) {
            return new MineView(filter, List.of(), new Paging(filter.address(), page, 0, 0), composer, tweets.statuses(), refused.sentence(), false);
        }
    }

    @PostMapping
    ModelAndView write(Page page, @RequestParam(defaultValue = "") String content) {
        try {
            Tweet draft = tweets.write(content, null, null);
            return PageResult.seeOther("/tweets/mine", Toast.done("Saved as a draft." + tooLong(draft)));
        } catch (Failure refused) {
            Form form = Form.empty().with("content", content).refused(refused);
            ComposerView composer = ComposerView.of("/tweets/mine", form, "");
            return PageResult.refused("posts/mine", view(MineFilter.of(null, null), page, composer));
        }
    }

    @GetMapping("/{id}")
    ModelAndView edit(@PathVariable UUID id) {
        Tweet tweet = tweets.get(id);
        return PageResult.page("posts/edit", new EditView(tweet, composer(tweet, Form.empty().with("content", tweet.content()))));
    }

    private static ComposerView composer(Tweet tweet, Form form) {
        return ComposerView.of("/tweets/mine/" + tweet.id(), form.with(ConcurrentEdit.SEEN, tweet.updatedAt().toString()), "/tweets/mine");
    }

    @PostMapping("/{id}")
    ModelAndView save(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String content, @RequestParam(defaultValue = "") String seen) {
        Form typed = Form.empty().with("content", content);
        try {
            Tweet tweet = tweets.change(id, new TweetChange(content, null, null, null), ConcurrentEdit.seen(seen));
            String status = StatusWords.of(tweet.status()).word().toLowerCase(Locale.ROOT);
            return PageResult.seeOther("/tweets/mine", Toast.done("Saved. Its status is “" + status + "”." + tooLong(tweet)));
        } catch (Failure refused) {
            return switch (refused.code()) {
                case "changed_meanwhile" -> changedMeanwhile(tweets.get(id), typed);
                case "not_found" -> deletedMeanwhile(typed);
                default -> refusedByField(id, typed, refused);
            };
        }
    }

    private static ModelAndView changedMeanwhile(Tweet now, Form typed) {
        List<ConcurrentEdit.Stored> stored = List.of(ConcurrentEdit.Stored.of("Text", now.content()));
        ConcurrentEdit meanwhile = ConcurrentEdit.of(stored, List.of(typed.value("content")), "/tweets/mine/" + now.id());
        return PageResult.refused("posts/edit", new EditView(now, composer(now, typed).with(meanwhile)));
    }

    /** The words outlive the post that they were meant for. */
    private ModelAndView deletedMeanwhile(Form typed) {
        Form form = typed.refused("content", "This post has been deleted; save to keep your text as a new draft");
        return PageResult.refused("posts/mine", view(MineFilter.of(null, null), Page.of(null, null), ComposerView.of("/tweets/mine", form, "")));
    }

    private ModelAndView refusedByField(UUID id, Form typed, Failure refused) {
        if (refused.errors().isEmpty()) {
            throw refused;
        }
        Tweet tweet = tweets.get(id);
        return PageResult.refused("posts/edit", new EditView(tweet, composer(tweet, typed.refused(refused))));
    }

    private static String tooLong(Tweet tweet) {
        int tooMany = PostText.tooMany(tweet.content());
        return tooMany == 0 ? "" : " It is " + Figures.count(tooMany, "character", "characters") + " too long to be published.";
    }

    @GetMapping("/{id}/delete")
    ModelAndView askBeforeDeleting(@PathVariable UUID id) {
        return PageResult.page("posts/delete", new DeleteView(tweets.get(id)));
    }

    @PostMapping("/{id}/delete")
    ModelAndView delete(@PathVariable UUID id) {
        try {
            tweets.delete(id);
        } catch (Failure refused) {
            boolean gone = refused.code().equals("not_found");
            return PageResult.seeOther("/tweets/mine", Toast.problem(gone ? "This post has already been deleted." : refused.sentence()));
        }
        return PageResult.seeOther("/tweets/mine", Toast.done("The post is deleted."));
    }

    /** How long what is being typed is, and how it will look; nothing is kept. */
    @PostMapping("/preview")
    ModelAndView preview(@RequestParam(defaultValue = "") String content) throws IOException {
        return costly.inTurn(() -> PageResult.page("posts/preview", PreviewView.of(content)));
    }
}
