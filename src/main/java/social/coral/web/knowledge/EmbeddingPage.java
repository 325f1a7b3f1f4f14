package social.coral.web.knowledge;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.knowledge.EmbeddingSettings;
import social.coral.knowledge.EmbeddingState;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Which model finds texts by their meaning? */
@Controller
@RequestMapping(EmbeddingPage.PATH)
final class EmbeddingPage {

    static final String PATH = KnowledgePage.PATH + "/settings";

    private static final String TEMPLATE = "knowledge/settings";

    private final EmbeddingSettings settings;

    EmbeddingPage(EmbeddingSettings settings) {
        this.settings = settings;
    }

    @GetMapping
    ModelAndView settings() {
        EmbeddingState state = settings.state();
        return PageResult.page(TEMPLATE, EmbeddingView.of(settings, state, Form.of(new EmbeddingForm(state.embeddings().toString()))));
    }

    @PostMapping
    ModelAndView save(EmbeddingForm sent) {
        try {
            Map<String, @Nullable Object> fields = new HashMap<>();
            fields.put("embeddings", sent.embeddings());
            EmbeddingState state = settings.change(fields);
            return PageResult.seeOther(KnowledgePage.PATH, Toast.done(EmbeddingView.words(state.embeddings()) + " finds your posts by what they mean."));
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused(TEMPLATE, EmbeddingView.of(settings, settings.state(), Form.of(sent).refused(refused)));
        }
    }
}
