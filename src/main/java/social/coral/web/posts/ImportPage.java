package social.coral.web.posts;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.imports.ImportResult;
import social.coral.imports.PastImport;
import social.coral.imports.PastImports;
import social.coral.imports.PostImport;
import social.coral.portability.ImportTurns;
import social.coral.web.frame.Address;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Imports a person's earlier posts from a file. The browser shows the progress, because it sends as fast as we read. */
@Controller
@RequestMapping(ImportPage.PATH)
final class ImportPage {

    static final String PATH = "/tweets/import";

    private final PostImport imports;
    private final PastImports past;
    private final ImportTurns turns;

    ImportPage(PostImport imports, PastImports past, ImportTurns turns) {
        this.imports = imports;
        this.past = past;
        this.turns = turns;
    }

    /**
     * @param ended the import that brought the person here, whose result is shown
     * @param author what was typed before
     */
    @GetMapping
    ModelAndView form(@RequestParam(required = false) @Nullable UUID ended, @RequestParam(defaultValue = "") String author) {
        return page(ended == null ? null : past.result(ended).orElse(null), null, author);
    }

    /** Answers a script with the page. A form sent without one has its token in the address, so it leads to an address without. */
    @PostMapping
    ModelAndView run(HttpServletRequest request) throws IOException {
        AtomicReference<@Nullable String> author = new AtomicReference<>();
        try {
            ImportResult result = imports.run(request, author::set);
            return PageResult.isForScript(request) ? page(result, null, author.get())
                    : PageResult.seeOther(newest().map(one -> Address.of(PATH).with("ended", one.id()).toString()).orElse(PATH));
        } catch (Failure refused) {
            return PageResult.isForScript(request) ? PageResult.refused(page(null, refused, author.get()))
                    : PageResult.seeOther(Address.of(PATH).with("author", author.get()).toString(), Toast.problem(refused.sentence()));
        }
    }

    private Optional<PastImport> newest() {
        return past.list(new Page(1, 0)).stream().findFirst();
    }

    /** Stops the running import before its next posts. */
    @PostMapping("/stop")
    ResponseEntity<Void> stop() {
        past.stop();
        return ResponseEntity.noContent().build();
    }

    private ModelAndView page(@Nullable ImportResult result, @Nullable Failure refused, @Nullable String author) {
        Form form = Form.empty().with("author", author);
        return PageResult.page("posts/import")
                .addObject("limit", Figures.size(imports.limit()))
                .addObject("result", result)
                .addObject("latest", newest().orElse(null))
                .addObject("running", past.running().isPresent())
                .addObject("progress", turns.progress().orElse(null))
                .addObject("refused", refused)
                .addObject("form", refused == null ? form : form.refused(refused))
                .addObject("authorRead", author != null);
    }
}
