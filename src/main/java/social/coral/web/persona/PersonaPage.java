package social.coral.web.persona;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.PersonaTrials;
import social.coral.api.Failure;
import social.coral.content.Persona;
import social.coral.content.PersonaInput;
import social.coral.content.PersonaSample;
import social.coral.content.PersonaVoice;
import social.coral.content.Personas;
import social.coral.models.Draft;
import social.coral.tenancy.CostlyWork;
import social.coral.web.agents.TrialStream;
import social.coral.web.agents.TrialView;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Whose voice is it? */
@Controller
@RequestMapping("/persona")
final class PersonaPage {

    private final Personas personas;
    private final PersonaTrials trials;
    private final CostlyWork costly;

    PersonaPage(Personas personas, PersonaTrials trials, CostlyWork costly) {
        this.personas = personas;
        this.trials = trials;
        this.costly = costly;
    }

    @GetMapping
    ModelAndView ofDefault() {
        return page(personas.standard());
    }

    @GetMapping("/{id}")
    ModelAndView of(@PathVariable UUID id) {
        return page(personas.get(id));
    }

    private ModelAndView page(Persona persona) {
        PersonaForm stored = PersonaForm.of(persona.name(), persona.voice());
        return page(persona, asOf(persona, Form.of(stored)), stored, null, null);
    }

    /** The form for this version of a persona. */
    private static Form asOf(@Nullable Persona persona, Form form) {
        return form.with(ConcurrentEdit.SEEN, persona == null ? "" : persona.updatedAt().toString());
    }

    private ModelAndView page(@Nullable Persona shown, Form form, PersonaForm typed, @Nullable ConcurrentEdit meanwhile, @Nullable TrialView trial) {
        return PageResult.page("persona/page")
                .addObject("all", personas.names())
                .addObject("shown", shown)
                .addObject("form", form)
                .addObject("meanwhile", meanwhile)
                .addObject("sample", sample(typed))
                .addObject("trial", trial);
    }

    private SampleView sample(PersonaForm typed) {
        try {
            PersonaVoice voice = typed.input().voice();
            return SampleView.of(PersonaSample.of(voice), trials.offer(voice).orElse(null));
        } catch (Failure refused) {
            return SampleView.without(refused.sentence(), trials.offer(PersonaVoice.PLAIN).orElse(null));
        }
    }

    @PostMapping("/{id}")
    ModelAndView save(@PathVariable UUID id, PersonaForm typed) {
        Form form = Form.of(typed);
        try {
            Persona saved = personas.change(id, typed.input(), ConcurrentEdit.seen(form.value(ConcurrentEdit.SEEN)));
            return PageResult.seeOther("/persona/" + id, Toast.done("Saved “" + saved.name() + "”."));
        } catch (Failure refused) {
            return switch (refused.code()) {
                case "changed_meanwhile" -> changedMeanwhile(personas.get(id), form, typed);
                case "not_found" -> deleted(form, typed);
                default -> again(personas.get(id), form, typed, refused);
            };
        }
    }

    private ModelAndView changedMeanwhile(Persona now, Form form, PersonaForm typed) {
        List<ConcurrentEdit.Stored> stored = StoredVoice.of(Form.of(PersonaForm.of(now.name(), now.voice())));
        List<String> words = StoredVoice.of(form).stream().map(ConcurrentEdit.Stored::value).toList();
        return PageResult.refused(page(now, asOf(now, form), typed, ConcurrentEdit.of(stored, words, "/persona/" + now.id()), null));
    }

    private ModelAndView deleted(Form form, PersonaForm typed) {
        return PageResult.refused(page(null, asOf(null, form.refused("name", "It has been deleted; add it again to keep your text.")), typed, null, null));
    }

    @GetMapping("/new")
    ModelAndView blank() {
        PersonaForm blank = PersonaForm.of("", PersonaVoice.PLAIN);
        return page(null, Form.of(blank), blank, null, null);
    }

    @PostMapping("/new")
    ModelAndView add(PersonaForm typed) {
        try {
            Persona added = personas.add(typed.input());
            return PageResult.seeOther("/persona/" + added.id(), Toast.done("Added “" + added.name() + "”."));
        } catch (Failure refused) {
            return again(null, Form.of(typed), typed, refused);
        }
    }

    /** A failure that names no field is about the name: there is one already, or there are too many. */
    private ModelAndView again(@Nullable Persona shown, Form form, PersonaForm typed, Failure refused) {
        Form corrected = refused.errors().isEmpty() ? form.refused("name", refused.sentence()) : form.refused(refused);
        return PageResult.refused(page(shown, corrected, typed, null, null));
    }

    /** A reload of what a form was sent to has nothing of the form. */
    @GetMapping({"/sample", "/try"})
    ModelAndView reloaded() {
        return PageResult.seeOther("/persona");
    }

    /** A sample of what is typed, for a script alone, otherwise with the form around it; stores nothing. */
    @PostMapping("/sample")
    ModelAndView sample(PersonaForm typed, HttpServletRequest request) throws IOException {
        if (PageResult.isForScript(request)) {
            return costly.inTurn(() -> PageResult.page("persona/sample").addObject("sample", sample(typed)));
        }
        return typedAgain(typed, null);
    }

    /** What a model writes in the voice that is typed. */
    @PostMapping("/try")
    ModelAndView tried(PersonaForm typed) {
        try {
            return typedAgain(typed, TrialView.of(trials.make(typed.input().voice(), Draft.UNSEEN)));
        } catch (Failure refused) {
            return typedAgain(typed, refused.errors().isEmpty() ? TrialView.of(refused) : null);
        }
    }

    @PostMapping(path = "/try", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void streamed(PersonaForm typed, HttpServletResponse response) throws IOException, InterruptedException {
        TrialStream.send(draft -> trials.make(typed.input().voice(), draft), response);
    }

    /** The whole page with nothing lost of what was typed, and with what is wrong with it. */
    private ModelAndView typedAgain(PersonaForm typed, @Nullable TrialView trial) {
        Persona shown;
        try {
            shown = typed.id() == null || typed.id().isBlank() ? null : personas.get(UUID.fromString(typed.id()));
        } catch (IllegalArgumentException malformed) {
            throw Failure.notFound();
        } catch (Failure gone) {
            return deleted(Form.of(typed), typed);
        }
        try {
            typed.input().voice();
            return page(shown, Form.of(typed), typed, null, trial);
        } catch (Failure refused) {
            return again(shown, Form.of(typed), typed, refused);
        }
    }

    @PostMapping("/{id}/default")
    ModelAndView makeDefault(@PathVariable UUID id) {
        Persona persona = personas.change(id, PersonaInput.asDefault());
        return PageResult.seeOther("/persona/" + id, Toast.done("“" + persona.name() + "” is now the default."));
    }

    @GetMapping("/{id}/delete")
    ModelAndView askBeforeDeleting(@PathVariable UUID id) {
        return PageResult.page("persona/delete").addObject("persona", personas.get(id));
    }

    @PostMapping("/{id}/delete")
    ModelAndView delete(@PathVariable UUID id) {
        try {
            String name = personas.get(id).name();
            personas.delete(id);
            return PageResult.seeOther("/persona", Toast.done("Deleted “" + name + "”."));
        } catch (Failure refused) {
            boolean gone = refused.code().equals("not_found");
            return PageResult.seeOther("/persona", Toast.problem(gone ? "This persona has already been deleted." : refused.sentence()));
        }
    }
}
