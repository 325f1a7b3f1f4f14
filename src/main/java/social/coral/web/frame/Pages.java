package social.coral.web.frame;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Makes pages of precompiled templates, which are given the model and, as {@code frame}, the frame. */
@Component
public final class Pages {

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader(), "social.coral.web.templates");
    private final Frames frames;

    Pages(Frames frames) {
        this.frames = frames;
    }

    boolean has(String template) {
        return templates.hasTemplate(template);
    }

    /** Writes a page only when it is complete: a template that fails leaves room for the page that says so. */
    public void write(String template, Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Map<String, Object> parameters = new HashMap<>(model);
        parameters.put("frame", frames.of(request, response));
        Utf8ByteOutput page = new Utf8ByteOutput();
        templates.render(template, parameters, page);
        response.setContentType("text/html;charset=UTF-8");
        response.addHeader(HttpHeaders.VARY, "HX-Request");
        response.setContentLength(page.getContentLength());
        page.writeTo(response.getOutputStream());
    }
}
