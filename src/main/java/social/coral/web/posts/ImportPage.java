package social.coral.web.posts;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.PostImport;
import social.coral.portability.ImportFault;
import social.coral.tenancy.AuditLog;
import social.coral.web.frame.Answer;

/** Takes a person's earlier posts out of a file. The browser tells how far it has come: it sends as fast as we read. */
@Controller
@RequestMapping("/tweets/import")
final class ImportPage {

    private final PostImport imports;
    private final AuditLog audit;

    ImportPage(PostImport imports, AuditLog audit) {
        this.imports = imports;
        this.audit = audit;
    }

    @GetMapping
    ModelAndView form() {
        return Answer.page("posts/import", new ImportView(imports.limit(), null, null, false, lastThatEndedEarly()));
    }

    @PostMapping
    ModelAndView run(HttpServletRequest request) throws IOException {
        try {
            return Answer.page("posts/import", new ImportView(imports.limit(), imports.run(request), null, false, null));
        } catch (Failure refused) {
            return Answer.refused("posts/import", new ImportView(imports.limit(), null, Said.of(refused), ImportFault.isAfterSome(refused), null));
        }
    }

    private AuditLog.@Nullable Entry lastThatEndedEarly() {
        AuditLog.Entry early = newest("posts.import_ended");
        AuditLog.Entry whole = newest("posts.imported");
        return early == null || whole != null && whole.position() > early.position() ? null : early;
    }

    private AuditLog.@Nullable Entry newest(String action) {
        List<AuditLog.Entry> found = audit.list(new AuditLog.Filter("", action, "", Instant.EPOCH, AuditLog.Filter.ALL.to()), new Page(1, 0));
        return found.isEmpty() ? null : found.getFirst();
    }
}
