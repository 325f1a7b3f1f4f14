package social.coral.web.frame;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.servlet.view.AbstractView;

/**
 * A page made by a template, which is given the model and, as {@code frame}, the frame. Written only when it is complete:
 * a template that fails leaves room for the page that says so.
 */
final class TemplateView extends AbstractView {

    /** Scripts, styles and forms of our own and nothing else; the pictures inside style sheets are data addresses. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    private final TemplateEngine templates;
    private final Frames frames;
    private final String template;

    TemplateView(TemplateEngine templates, Frames frames, String template) {
        this.templates = templates;
        this.frames = frames;
        this.template = template;
    }

    @Override
    protected void renderMergedOutputModel(Map<String, Object> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Map<String, Object> parameters = new HashMap<>(model);
        parameters.put("frame", frames.of(request, response));
        Utf8ByteOutput page = new Utf8ByteOutput();
        templates.render(template, parameters, page);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "HX-Request");
        response.setContentLength(page.getContentLength());
        page.writeTo(response.getOutputStream());
    }
}
