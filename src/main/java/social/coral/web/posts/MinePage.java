package social.coral.web.posts;

import java.io.IOException;
import java.util.List;
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
import social.coral.content.PostStatus;
import social.coral.content.PostText;
import social.coral.content.TextChange;
import social.coral.content.TextMarks;
import social.coral.content.Tweet;
import social.coral.content.Tweets;
import social.coral.tenancy.CostlyWork;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.Listing;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** What have I written? The person's own posts: writing, changing and deleting them. */
@Controller
@RequestMapping("/tweets/mine")
final class MinePage {

    private final Tweets tweets;
    private final TextMarks marks;
    private final CostlyWork costly;

    MinePage(Tweets tweets, TextMarks marks, CostlyWork costly) {
        this.tweets = tweets;
        this.marks = marks;
        this.costly = costly;
    }

    @GetMapping
    ModelAndView list(MineFilter filter, Page page) {
        return list(filter, page, Form.empty());
    }

    private ModelAndView list(MineFilter filter, Page page, Form composer) {
        Listing<MineFilter, Tweet> list = Listing.of("/tweets/mine", filter, page,
                usable -> tweets.list(usable.wanted(), usable.words(), page),
                usable -> tweets.count(usable.wanted(), usable.words(), page.countLimit()));
        return PageResult.list("posts/mine", list)
                .addObject("form", composer)
                .addObject("statuses", StatusWords.options(tweets.statuses(), list.value("status")));
    }

    /** The list from its beginning, with what was typed in the box above it. */
    private ModelAndView refused(Form composer) {
        return PageResult.refused(list(new MineFilter(null, null), Page.of(null, null), composer));
    }

    @PostMapping
    ModelAndView write(@RequestParam(defaultValue = "") String content) {
        try {
            Tweet draft = tweets.write(content, null, null);
            return PageResult.seeOther("/tweets/mine", Toast.done("Saved as a draft." + tooLong(draft)));
        } catch (Failure refused) {
            return refused(Form.empty().with("content", content).refused(refused));
        }
    }

    @GetMapping("/{id}")
    ModelAndView edit(@PathVariable UUID id) {
        Tweet tweet = tweets.get(id);
        return edit(tweet, Form.empty().with("content", tweet.content()), null);
    }

    private ModelAndView edit(Tweet tweet, Form form, @Nullable ConcurrentEdit meanwhile) {
        return PageResult.page("posts/edit")
                .addObject("tweet", tweet)
                .addObject("form", form.with(ConcurrentEdit.SEEN, tweet.updatedAt().toString()))
                .addObject("meanwhile", meanwhile)
                .addObject("marks", marks.of(tweet, null, List.of(form.value("content"))));
    }

    @PostMapping("/{id}")
    ModelAndView save(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String content, @RequestParam(defaultValue = "") String seen) {
        Form typed = Form.empty().with("content", content);
        try {
            PostStatus before = tweets.get(id).status();
            Tweet tweet = tweets.change(id, TextChange.content(content), ConcurrentEdit.seen(seen));
            return PageResult.seeOther("/tweets/mine", Toast.done(saved(before, tweet) + tooLong(tweet)));
        } catch (Failure refused) {
            return switch (refused.code()) {
                case "changed_meanwhile" -> changedMeanwhile(tweets.get(id), typed);
                // The words outlive the post that they were meant for.
                case "not_found" -> refused(typed.refused("content", "This post has been deleted. Save to keep your text as a new draft."));
                default -> refusedByField(id, typed, refused);
            };
        }
    }

    /** Moves the post on, as it was seen: nobody approves words that they have not read. */
    @PostMapping("/{id}/status")
    ModelAndView move(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(defaultValue = "") String back) {
        try {
            Tweet tweet = tweets.change(id, TextChange.to(PostStatus.of("status", status)), ConcurrentEdit.seen(seen));
            return PageResult.seeOther(LocalPath.or(back, "/tweets/mine"), Toast.done(StatusWords.moved(tweet.status())));
        } catch (Failure refused) {
            if (refused.code().equals("not_found")) {
                throw refused;
            }
            return PageResult.seeOther("/tweets/mine/" + id, Toast.problem(refused.sentence()));
        }
    }

    private ModelAndView changedMeanwhile(Tweet now, Form typed) {
        List<ConcurrentEdit.Stored> stored = List.of(ConcurrentEdit.Stored.of("Text", now.content()));
        ConcurrentEdit meanwhile = ConcurrentEdit.of(stored, List.of(typed.value("content")), "/tweets/mine/" + now.id());
        return PageResult.refused(edit(now, typed, meanwhile));
    }

    private ModelAndView refusedByField(UUID id, Form typed, Failure refused) {
        if (refused.errors().isEmpty()) {
            throw refused;
        }
        return PageResult.refused(edit(tweets.get(id), typed.refused(refused), null));
    }

    private static String saved(PostStatus before, Tweet tweet) {
        boolean again = tweet.status() == PostStatus.DRAFT && before != PostStatus.DRAFT;
        return again ? "Saved as a draft again. It needs a new approval." : "Saved. Its status is “" + StatusWords.of(tweet.status()).word() + "”.";
    }

    private static String tooLong(Tweet tweet) {
        int tooMany = PostText.tooMany(tweet.content());
        return tooMany == 0 ? "" : " It is " + Figures.count(tooMany, "character", "characters") + " too long to publish.";
    }

    @GetMapping("/{id}/delete")
    ModelAndView askBeforeDeleting(@PathVariable UUID id) {
        return PageResult.page("posts/delete").addObject("tweet", tweets.get(id));
    }

    @PostMapping("/{id}/delete")
    ModelAndView delete(@PathVariable UUID id) {
        try {
            tweets.delete(id);
        } catch (Failure refused) {
            boolean gone = refused.code().equals("not_found");
            return PageResult.seeOther("/tweets/mine", Toast.problem(gone ? "This post has already been deleted." : refused.sentence()));
        }
        return PageResult.seeOther("/tweets/mine", Toast.done("Post deleted."));
    }

    /**
     * Shows the length of what is being typed and how it will look; stores nothing.
     *
     * @param of the post whose sources it is checked against; null for a new one
     */
    @PostMapping("/preview")
    ModelAndView preview(@RequestParam(defaultValue = "") String content, @RequestParam(required = false) @Nullable UUID of) throws IOException {
        Tweet tweet = of == null ? null : tweets.get(of);
        String text = content.replace("\r\n", "\n");
        return costly.inTurn(() -> PageResult.page("posts/preview")
                .addObject("preview", Preview.of(text, tweet == null ? List.of() : marks.of(tweet, null, List.of(text)))));
    }
}
