package social.coral.web.posts;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.content.PostImport;
import social.coral.portability.ImportFault;
import social.coral.web.frame.InterruptedImport;
import social.coral.web.frame.PageResult;

/** Takes a person's earlier posts out of a file. The browser tells how far it has come: it sends as fast as we read. */
@Controller
@RequestMapping("/tweets/import")
final class ImportPage {

    private final PostImport imports;
    private final InterruptedImport ended;

    ImportPage(PostImport imports, InterruptedImport ended) {
        this.imports = imports;
        this.ended = ended;
    }

    @GetMapping
    ModelAndView form() {
        return PageResult.page("posts/import", new ImportView(imports.limit(), null, null, false, ended.last("posts.import_ended", "posts.imported")));
    }

    @PostMapping
    ModelAndView run(HttpServletRequest request) throws IOException {
        try {
            return PageResult.page("posts/import", new ImportView(imports.limit(), imports.run(request), null, false, null));
        } catch (Failure refused) {
            return PageResult.refused("posts/import", new ImportView(imports.limit(), null, refused.sentence(), ImportFault.isAfterSome(refused), null));
        }
    }
}
