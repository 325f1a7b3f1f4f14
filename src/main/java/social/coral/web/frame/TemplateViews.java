package social.coral.web.frame;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/** Finds the precompiled template behind the name of a view: {@code accounts/list} is {@code accounts/list.jte}. */
@Component
final class TemplateViews implements ViewResolver, Ordered {

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(null, ContentType.Html, null, "social.coral.web.templates");
    private final Frames frames;

    TemplateViews(Frames frames) {
        this.frames = frames;
    }

    @Override
    public @Nullable View resolveViewName(String name, Locale locale) {
        String template = name + ".jte";
        return templates.hasTemplate(template) ? new TemplateView(templates, frames, template) : null;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
