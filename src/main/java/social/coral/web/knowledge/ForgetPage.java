package social.coral.web.knowledge;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.content.CollectedPosts;
import social.coral.content.ForgottenPosts;
import social.coral.knowledge.Note;
import social.coral.knowledge.Notes;
import social.coral.web.frame.Figures;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Forgets a post, all of an author, or a note of an agent, after a question that names what is lost. */
@Controller
@RequestMapping(KnowledgePage.PATH)
final class ForgetPage {

    private final CollectedPosts posts;
    private final ForgottenPosts forgotten;
    private final Notes notes;
    private final Agents agents;

    ForgetPage(CollectedPosts posts, ForgottenPosts forgotten, Notes notes, Agents agents) {
        this.posts = posts;
        this.forgotten = forgotten;
        this.notes = notes;
        this.agents = agents;
    }

    /** @param back the search to return to */
    @GetMapping("/{id}/forget")
    ModelAndView ask(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        return PageResult.page("knowledge/forget").addObject("post", posts.get(id)).addObject("back", search(back));
    }

    @PostMapping("/{id}/forget")
    ModelAndView forget(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        return forgot("Post forgotten.", "This post was already removed.", () -> forgotten.forget(id), back);
    }

    @GetMapping("/notes/{id}/forget")
    ModelAndView askAboutNote(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        Note note = notes.get(id);
        return PageResult.page("knowledge/forget-note").addObject("note", note).addObject("by", agents.title(note.agent())).addObject("back", search(back));
    }

    @PostMapping("/notes/{id}/forget")
    ModelAndView forgetNote(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        return forgot("Note forgotten.", "This note was already removed.", () -> notes.forget(id), back);
    }

    private static ModelAndView forgot(String done, String gone, Runnable forgetting, String back) {
        try {
            forgetting.run();
            return PageResult.seeOther(search(back), Toast.done(done));
        } catch (Failure refused) {
            return PageResult.seeOther(search(back), Toast.problem(refused.code().equals("not_found") ? gone : refused.sentence()));
        }
    }

    @GetMapping("/authors/{author}/forget")
    ModelAndView askAboutAll(@PathVariable String author, @RequestParam(defaultValue = "") String back) {
        ForgottenPosts.Amount amount = amount(author);
        return PageResult.page("knowledge/forget-author").addObject("author", author).addObject("amount", amount).addObject("back", search(back));
    }

    /** An author of whom there is nothing has no such page. */
    private ForgottenPosts.Amount amount(String author) {
        try {
            ForgottenPosts.Amount amount = forgotten.countBy(author);
            if (amount.all() > 0) {
                return amount;
            }
        } catch (Failure noHandle) {
            if (noHandle.errors().isEmpty()) {
                throw noHandle;
            }
        }
        throw Failure.notFound();
    }

    @PostMapping("/authors/{author}/forget")
    ModelAndView forgetAll(@PathVariable String author, @RequestParam(defaultValue = "") String back) {
        amount(author);
        ForgottenPosts.Forgotten gone = forgotten.forgetAllBy(author);
        String done = "Forgot " + Figures.count(gone.posts(), "post", "posts") + " by @" + author + ".";
        return PageResult.seeOther(search(back), gone.done() ? Toast.done(done)
                : Toast.problem(done + " That is the most at once. Forget all of @" + author + " again for the rest."));
    }

    private static String search(@Nullable String back) {
        return LocalPath.or(back, KnowledgePage.PATH);
    }
}
