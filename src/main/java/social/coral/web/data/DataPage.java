package social.coral.web.data;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.erasure.Erasures;
import social.coral.identity.Client;
import social.coral.identity.Reauthentication;
import social.coral.identity.SignedInPerson;
import social.coral.portability.Holdings;
import social.coral.portability.ImportOutcome;
import social.coral.portability.ImportTurns;
import social.coral.portability.Imports;
import social.coral.tenancy.AuditLog;
import social.coral.tenancy.DeclaredTables;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.InterruptedImport;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.SessionCookie;
import social.coral.web.frame.Toast;

/** What can I do with everything that I have here? */
@Controller
@RequestMapping(DataPage.PATH)
final class DataPage {

    static final String PATH = "/settings/data";

    private final Imports imports;
    private final ImportTurns turns;
    private final Erasures erasures;
    private final Reauthentication proof;
    private final Holdings holdings;
    private final DeclaredTables tables;
    private final SessionCookie cookie;
    private final InterruptedImport interrupted;

    DataPage(
            Imports imports,
            ImportTurns turns,
            Erasures erasures,
            Reauthentication proof,
            Holdings holdings,
            DeclaredTables tables,
            SessionCookie cookie,
            InterruptedImport interrupted) {
        this.imports = imports;
        this.turns = turns;
        this.erasures = erasures;
        this.proof = proof;
        this.holdings = holdings;
        this.tables = tables;
        this.cookie = cookie;
        this.interrupted = interrupted;
    }

    @GetMapping
    ModelAndView show() {
        return page(null, null, interrupted.last("data.import_ended", "data.imported"));
    }

    /** Answers a script with the page. A form sent without one has its token in the address, so it leads to an address without. */
    @PostMapping("/import")
    ModelAndView importArchive(HttpServletRequest request) throws IOException {
        boolean forScript = PageResult.isForScript(request);
        try {
            ImportOutcome outcome = imports.run(request);
            return forScript ? page(outcome, null, null) : PageResult.seeOther(PATH, Toast.done(TableTitles.summary(outcome)));
        } catch (Failure refused) {
            return forScript ? PageResult.refused(page(null, refused, null)) : PageResult.seeOther(PATH, Toast.problem(refused.sentence()));
        }
    }

    private ModelAndView page(@Nullable ImportOutcome outcome, @Nullable Failure refused, AuditLog.@Nullable Entry last) {
        return PageResult.page("data/show")
                .addObject("titles", new TableTitles(tables))
                .addObject("limit", Figures.size(imports.limit()))
                .addObject("outcome", outcome)
                .addObject("refused", refused)
                .addObject("last", last)
                .addObject("progress", turns.progress().orElse(null));
    }

    @GetMapping("/erase")
    ModelAndView ask(@AuthenticationPrincipal SignedInPerson person) {
        return question(Form.empty(), person);
    }

    private ModelAndView question(Form form, SignedInPerson person) {
        return PageResult.page("data/erase")
                .addObject("form", form)
                .addObject("recent", proof.isRecent(person))
                .addObject("losses", TableTitles.losses(holdings.all()));
    }

    @PostMapping("/erase")
    ModelAndView erase(
            @RequestParam(defaultValue = "") String password,
            @RequestParam(name = "waive_grace", defaultValue = "false") boolean waiveGrace,
            @AuthenticationPrincipal SignedInPerson person,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            erasures.ask(person, password, waiveGrace, Client.of(request));
        } catch (Failure refused) {
            return PageResult.refused(question(Form.empty().refused(refused), person));
        }
        if (waiveGrace) {
            cookie.clear(request, response);
            return PageResult.seeOther("/auth/login", Toast.done("All your data is being erased now."));
        }
        return PageResult.seeOther(PATH);
    }

    @PostMapping("/restore")
    ModelAndView restore(@AuthenticationPrincipal SignedInPerson person, HttpServletRequest request) {
        try {
            erasures.undo(person, Client.of(request));
            return PageResult.seeOther(PATH, Toast.done("Nothing will be erased. Everything stays as it is."));
        } catch (Failure nothing) {
            return PageResult.seeOther(PATH, Toast.problem(nothing.sentence()));
        }
    }
}
