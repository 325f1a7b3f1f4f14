package social.coral.web.agents;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.agents.ModelTrials;
import social.coral.api.Failure;
import social.coral.models.Draft;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;

/** What does this model write? Shown while it is written, or on a page of its own without scripts. */
@Controller
@RequestMapping("/agents/{name}/model/try")
final class ModelTrialPage {

    private final Agents agents;
    private final ModelTrials trials;
    private final ModelPage page;

    ModelTrialPage(Agents agents, ModelTrials trials, ModelPage page) {
        this.agents = agents;
        this.trials = trials;
        this.page = page;
    }

    @PostMapping
    ModelAndView whole(@PathVariable String name, ModelForm typed) {
        agents.get(name);
        try {
            return page.tried(name, typed, TrialView.of(trials.make(name, typed.fields(), Draft.UNSEEN)));
        } catch (Failure refused) {
            return refused.errors().isEmpty() ? page.tried(name, typed, TrialView.of(refused))
                    : PageResult.refused(page.typed(name, Form.of(typed).refused(refused), null));
        }
    }

    @PostMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void streamed(@PathVariable String name, ModelForm typed, HttpServletResponse response) throws IOException, InterruptedException {
        agents.get(name);
        TrialStream.send(draft -> trials.make(name, typed.fields(), draft), response);
    }
}
