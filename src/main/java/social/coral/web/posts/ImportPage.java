package social.coral.web.posts;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.imports.ImportResult;
import social.coral.imports.PastImports;
import social.coral.imports.PostImport;
import social.coral.web.frame.Figures;
import social.coral.web.frame.PageResult;

/** Imports a person's earlier posts from a file. The browser shows the progress, because it sends as fast as we read. */
@Controller
@RequestMapping("/tweets/import")
final class ImportPage {

    private final PostImport imports;
    private final PastImports past;

    ImportPage(PostImport imports, PastImports past) {
        this.imports = imports;
        this.past = past;
    }

    @GetMapping
    ModelAndView form() {
        return page(null, null);
    }

    @PostMapping
    ModelAndView run(HttpServletRequest request) throws IOException {
        try {
            return page(imports.run(request), null);
        } catch (Failure refused) {
            return PageResult.refused(page(null, refused));
        }
    }

    /** Stops the running import before its next posts. */
    @PostMapping("/stop")
    ResponseEntity<Void> stop() {
        past.stop();
        return ResponseEntity.noContent().build();
    }

    private ModelAndView page(@Nullable ImportResult result, @Nullable Failure refused) {
        return PageResult.page("posts/import")
                .addObject("limit", Figures.size(imports.limit()))
                .addObject("result", result)
                .addObject("latest", past.list(new Page(1, 0)).stream().findFirst().orElse(null))
                .addObject("running", past.running().isPresent())
                .addObject("refused", refused);
    }
}
