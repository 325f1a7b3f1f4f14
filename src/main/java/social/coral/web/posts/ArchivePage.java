package social.coral.web.posts;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.CollectedPost;
import social.coral.imports.PastImport;
import social.coral.imports.PastImports;
import social.coral.web.frame.Figures;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Selection;
import social.coral.web.frame.Toast;

/** What have I written before? The posts that were imported from files. */
@Controller
@RequestMapping(ArchivePage.PATH)
final class ArchivePage {

    static final String PATH = "/tweets/archive";

    private static final Page OFFERED = new Page(Page.MAX_LIMIT, 0);

    private final PostLists lists;
    private final PastImports imports;

    ArchivePage(PostLists lists, PastImports imports) {
        this.lists = lists;
        this.imports = imports;
    }

    @GetMapping
    ModelAndView list(CollectedFilter filter, Page page) {
        return lists.page("posts/archive", PATH, CollectedPost.Source.IMPORTED, filter, page).addObject("imports", offered(filter));
    }

    /** Returns the newest imports, and the chosen one if it is older. */
    private List<PastImport> offered(CollectedFilter filter) {
        List<PastImport> offered = new ArrayList<>(imports.withPosts(OFFERED));
        try {
            UUID chosen = filter.importId();
            if (chosen != null && offered.stream().noneMatch(one -> one.id().equals(chosen))) {
                offered.add(imports.get(chosen));
            }
        } catch (Failure notThere) {
            // The list says that nothing matches, or what is wrong with the filter.
        }
        return offered;
    }

    /** Asks first, and removes once the person has confirmed. */
    @PostMapping("/remove")
    ModelAndView remove(Selection selection) {
        List<UUID> chosen = selection.ids();
        if (chosen.isEmpty()) {
            return backTo(selection.back(), Toast.problem("Select at least one post first."));
        }
        if (!selection.isConfirmed()) {
            return PageResult.page("posts/archive-remove").addObject("posts", chosen).addObject("back", LocalPath.or(selection.back(), PATH));
        }
        int removed = imports.remove(chosen);
        int gone = chosen.size() - removed;
        String words = removed == 0 ? "" : "Removed " + Figures.count(removed, "post", "posts") + ". ";
        return backTo(selection.back(), gone == 0 ? Toast.done(words.strip()) : Toast.problem(words + alreadyGone(gone)));
    }

    private static String alreadyGone(int posts) {
        return posts == 1 ? "1 post was already removed, or was also collected and stays under Collected."
                : posts + " posts were already removed, or were also collected and stay under Collected.";
    }

    private static ModelAndView backTo(@Nullable String list, Toast toast) {
        return PageResult.seeOther(LocalPath.or(list, PATH), toast);
    }
}
