package social.coral.web.frame;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/** Finds the template behind the name of a view: {@code accounts/list} is {@code accounts/list.jte}. */
@Component
final class TemplateViews implements ViewResolver, Ordered {

    private final Pages pages;

    TemplateViews(Pages pages) {
        this.pages = pages;
    }

    @Override
    public @Nullable View resolveViewName(String name, Locale locale) {
        String template = name + ".jte";
        return pages.has(template) ? new TemplateView(pages, template) : null;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
