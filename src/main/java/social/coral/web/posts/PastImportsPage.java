package social.coral.web.posts;

import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.imports.PastImport;
import social.coral.imports.PastImports;
import social.coral.imports.TakenBack;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.Listing;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** What came from which file? The imports, each of which can be attributed to another author and taken back. */
@Controller
@RequestMapping("/tweets/imports")
final class PastImportsPage {

    private static final String PATH = "/tweets/imports";

    private final PastImports imports;

    PastImportsPage(PastImports imports) {
        this.imports = imports;
    }

    @GetMapping
    ModelAndView list(ImportFilter filter, Page page) {
        return PageResult.list("posts/imports", Listing.of(PATH, filter, page,
                usable -> imports.list(usable.words(), page), usable -> imports.count(usable.words())))
                .addObject("running", imports.running().orElse(null));
    }

    /** Shows the result of one import, as its page did when it ended. */
    @GetMapping("/{id}")
    ModelAndView show(@PathVariable UUID id) {
        return PageResult.page("posts/import-details")
                .addObject("one", imports.get(id))
                .addObject("running", isRunning(id))
                .addObject("result", imports.result(id).orElse(null));
    }

    private boolean isRunning(UUID id) {
        return imports.running().filter(id::equals).isPresent();
    }

    @GetMapping("/{id}/author")
    ModelAndView askForAuthor(@PathVariable UUID id) {
        PastImport one = imports.get(id);
        return author(one, Form.empty().with("author", one.author() == null ? "" : "@" + one.author()));
    }

    private static ModelAndView author(PastImport one, Form form) {
        return PageResult.page("posts/import-author").addObject("one", one).addObject("form", form);
    }

    @PostMapping("/{id}/author")
    ModelAndView attribute(@PathVariable UUID id, @RequestParam(defaultValue = "") String author) {
        try {
            PastImport one = imports.attribute(id, author);
            return PageResult.seeOther(PATH, Toast.done("The posts of " + one.title() + " are now by @" + one.author() + "."));
        } catch (Failure refused) {
            return refused.errors().isEmpty() ? refused(refused)
                    : PageResult.refused(author(imports.get(id), Form.empty().with("author", author).refused(refused)));
        }
    }

    @GetMapping("/{id}/take-back")
    ModelAndView askBeforeTakingBack(@PathVariable UUID id) {
        return PageResult.page("posts/import-take-back")
                .addObject("one", imports.get(id))
                .addObject("running", isRunning(id))
                .addObject("removed", imports.result(id).map(result -> result.removed().all()).orElse(0L))
                .addObject("posts", imports.posts(id));
    }

    @PostMapping("/{id}/take-back")
    ModelAndView takeBack(@PathVariable UUID id) {
        try {
            boolean running = isRunning(id);
            TakenBack taken = imports.takeBack(id);
            String posts = Figures.count(taken.posts(), "post", "posts");
            return PageResult.seeOther(PATH, Toast.done(taken.done() && taken.posts() == 0 ? running ? TakenBack.NOTHING_ADDED : "Removed from the list." : taken.done()
                    ? "Import undone. " + posts + (taken.posts() == 1 ? " was removed." : " were removed.")
                    : "The import is being undone. " + posts + " are removed so far; the rest will follow."));
        } catch (Failure refused) {
            return refused(refused);
        }
    }

    private static ModelAndView refused(Failure refused) {
        boolean gone = refused.code().equals("not_found");
        return PageResult.seeOther(PATH, Toast.problem(gone ? "This import has already been undone." : refused.sentence()));
    }
}
