package social.coral.web.posts;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.imports.ImportResult;
import social.coral.imports.PastImport;
import social.coral.imports.PastImports;
import social.coral.imports.PostImport;
import social.coral.tenancy.AuditLog;
import social.coral.web.frame.Figures;
import social.coral.web.frame.InterruptedImport;
import social.coral.web.frame.PageResult;

/** Imports a person's earlier posts from a file. The browser shows the progress, because it sends as fast as we read. */
@Controller
@RequestMapping("/tweets/import")
final class ImportPage {

    private final PostImport imports;
    private final PastImports past;
    private final InterruptedImport interrupted;

    ImportPage(PostImport imports, PastImports past, InterruptedImport interrupted) {
        this.imports = imports;
        this.past = past;
        this.interrupted = interrupted;
    }

    @GetMapping
    ModelAndView form() {
        return page(null, null, interrupted.last("posts.import_ended", "posts.imported"));
    }

    @PostMapping
    ModelAndView run(HttpServletRequest request) throws IOException {
        try {
            return page(imports.run(request), null, null);
        } catch (Failure refused) {
            return PageResult.refused(page(null, refused, null));
        }
    }

    /** Returns the import of this result as it is listed: a tenant has one at a time. */
    private @Nullable PastImport listed(@Nullable ImportResult result) {
        boolean stored = result != null && result.imported() + result.corrected() > 0;
        return stored ? past.list(new Page(1, 0)).stream().findFirst().orElse(null) : null;
    }

    private ModelAndView page(@Nullable ImportResult result, @Nullable Failure refused, AuditLog.@Nullable Entry last) {
        return PageResult.page("posts/import")
                .addObject("limit", Figures.size(imports.limit()))
                .addObject("result", result)
                .addObject("latest", listed(result))
                .addObject("refused", refused)
                .addObject("last", last);
    }
}
