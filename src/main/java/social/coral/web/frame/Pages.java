package social.coral.web.frame;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import gg.jte.TemplateOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import social.coral.api.CurrentClient;
import social.coral.tenancy.CostlyWork;

/** Renders precompiled templates with the model and, as {@code frame}, the frame. */
@Component
public final class Pages {

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader(), "social.coral.web.templates");
    private final Frames frames;
    private final CostlyWork costly;

    Pages(Frames frames, CostlyWork costly) {
        this.frames = frames;
        this.costly = costly;
    }

    boolean has(String template) {
        return templates.hasTemplate(template);
    }

    /** Writes a page, which is sent only when it is complete: a template that fails is replaced by an error page. */
    public void write(String template, Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Map<String, Object> parameters = new HashMap<>(model);
        parameters.put("frame", frames.of(request, response));
        response.setContentType("text/html;charset=UTF-8");
        response.addHeader(HttpHeaders.VARY, "HX-Request");
        OutputStream page = response.getOutputStream();
        costly.inTurn(() -> render(template, parameters, new DisconnectCheck(new StreamedOutput(page))));
    }

    private boolean render(String template, Map<String, Object> parameters, TemplateOutput page) throws IOException {
        try {
            templates.render(template, parameters, page);
            return true;
        } catch (TemplateException e) {
            CurrentClient.requireConnected();
            throw e;
        }
    }
}
