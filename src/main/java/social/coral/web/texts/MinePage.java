package social.coral.web.texts;

import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.TextChange;
import social.coral.content.Tweet;
import social.coral.content.Tweets;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.Listing;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;
import social.coral.web.posts.StatusWords;

/** What have I written? The person's own single posts: one is begun in the box above the list. */
@Controller
@RequestMapping("/tweets/mine")
class MinePage extends OnePartPages<Tweet> {

    private final Tweets tweets;

    MinePage(Tweets tweets, TextDesk desk) {
        super(tweets, TextPlace.POSTS, desk);
        this.tweets = tweets;
    }

    @Override
    ModelAndView list(TextFilter filter, Page page) {
        return list(filter, page, Form.empty());
    }

    private ModelAndView list(TextFilter filter, Page page, Form composer) {
        Listing<TextFilter, Tweet> list = listing(filter, page);
        return PageResult.list("posts/mine", list)
                .addObject("form", composer)
                .addObject("statuses", StatusWords.options(tweets.statuses(), list.value("status")));
    }

    @Override
    Form words(Tweet tweet) {
        return typed(tweet.content());
    }

    private static Form typed(String content) {
        return Form.empty().with("content", content.replace("\r\n", "\n"));
    }

    @Override
    ModelAndView blank() {
        return PageResult.seeOther("/tweets/mine");
    }

    /** The list from its beginning, with what is typed in the box above it. */
    @Override
    ModelAndView blank(Form form) {
        return list(new TextFilter(null, null, null), Page.of(null, null), form);
    }

    @Override
    ModelAndView page(Tweet tweet, TextView view) {
        return PageResult.page("posts/show").addObject("tweet", tweet).addObject("view", view);
    }

    @PostMapping
    ModelAndView write(@RequestParam(defaultValue = "") String content) {
        try {
            return PageResult.seeOther("/tweets/mine", Toast.done("Saved as a draft." + tooLong(tweets.write(content, null, null))));
        } catch (Failure refused) {
            return PageResult.refused(blank(typed(content).refused(refused)));
        }
    }

    private String tooLong(Tweet tweet) {
        int tooMany = desk.limit().tooMany(tweet.content());
        return tooMany == 0 ? "" : " It is " + Figures.count(tooMany, "character", "characters") + " too long to publish.";
    }

    @PostMapping("/{id}")
    ModelAndView save(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String content, @RequestParam(defaultValue = "") String seen) {
        Form typed = typed(content);
        return saved(id, typed.with(ConcurrentEdit.SEEN, seen), TextChange.content(typed.value("content")));
    }

    /**
     * Shows the length of what is being typed and how it will look; stores nothing.
     *
     * @param of the post whose sources it is checked against; null for a new one
     */
    @PostMapping("/preview")
    ModelAndView preview(@RequestParam(defaultValue = "") String content, @RequestParam(required = false) @Nullable UUID of) throws IOException {
        return desk.preview(content, of == null ? null : tweets.get(of));
    }
}
