package social.coral.web.persona;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.Persona;
import social.coral.content.PersonaInput;
import social.coral.content.Personas;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Whose voice is it? */
@Controller
@RequestMapping("/persona")
public final class PersonaPage {

    private static final Page ALL = new Page(Page.MAX_LIMIT, 0);

    /** Words that describe a tone and can be used as they are. */
    public static final List<String> TONES =
            List.of("professional", "friendly", "plain-spoken", "witty", "enthusiastic", "thoughtful", "matter-of-fact");

    /** A persona as it is typed; {@code seen} is the version that the form was filled in for. */
    public record PersonaForm(@Nullable String name, @Nullable String description, @Nullable String tone, @Nullable String seen) {}

    private final Personas personas;

    PersonaPage(Personas personas) {
        this.personas = personas;
    }

    @GetMapping
    ModelAndView ofDefault() {
        return page(personas.list(ALL).getFirst());
    }

    @GetMapping("/{id}")
    ModelAndView of(@PathVariable UUID id) {
        return page(personas.get(id));
    }

    private ModelAndView page(Persona persona) {
        return page(persona, Form.of(new PersonaForm(persona.name(), persona.description(), persona.tone(), null)), null);
    }

    private ModelAndView page(@Nullable Persona shown, Form form, @Nullable ConcurrentEdit meanwhile) {
        return PageResult.page("persona/page")
                .addObject("all", personas.list(ALL))
                .addObject("shown", shown)
                .addObject("form", form.with(ConcurrentEdit.SEEN, shown == null ? "" : shown.updatedAt().toString()))
                .addObject("meanwhile", meanwhile);
    }

    @PostMapping("/{id}")
    ModelAndView save(@PathVariable UUID id, PersonaForm sent) {
        Form typed = Form.of(sent);
        try {
            Persona saved = personas.change(id, input(typed), ConcurrentEdit.seen(typed.value(ConcurrentEdit.SEEN)));
            return PageResult.seeOther("/persona/" + id, Toast.done("Saved “" + saved.name() + "”."));
        } catch (Failure refused) {
            return switch (refused.code()) {
                case "changed_meanwhile" -> changedMeanwhile(personas.get(id), typed);
                case "not_found" -> again(null, typed.refused("name", "It has been deleted; add it again to keep your text."), refused);
                default -> again(personas.get(id), typed, refused);
            };
        }
    }

    private static PersonaInput input(Form typed) {
        return new PersonaInput(typed.value("name"), typed.value("description"), typed.value("tone"), null);
    }

    private ModelAndView changedMeanwhile(Persona now, Form typed) {
        List<ConcurrentEdit.Stored> stored = List.of(
                ConcurrentEdit.Stored.of("Name", now.name()), ConcurrentEdit.Stored.of("Description", now.description()), ConcurrentEdit.Stored.of("Tone", now.tone()));
        List<String> words = List.of(typed.value("name"), typed.value("description"), typed.value("tone"));
        return PageResult.refused(page(now, typed, ConcurrentEdit.of(stored, words, "/persona/" + now.id())));
    }

    @GetMapping("/new")
    ModelAndView blank() {
        return page(null, Form.empty(), null);
    }

    @PostMapping("/new")
    ModelAndView add(PersonaForm sent) {
        Form typed = Form.of(sent);
        try {
            Persona added = personas.add(input(typed));
            return PageResult.seeOther("/persona/" + added.id(), Toast.done("Added “" + added.name() + "”."));
        } catch (Failure refused) {
            return again(null, typed, refused);
        }
    }

    /** A failure that names no field is about the name: there is one already, or there are too many. */
    private ModelAndView again(@Nullable Persona shown, Form form, Failure refused) {
        Form corrected = refused.errors().isEmpty() ? form.refused("name", refused.sentence()) : form.refused(refused);
        return PageResult.refused(page(shown, corrected, null));
    }

    @PostMapping("/{id}/default")
    ModelAndView makeDefault(@PathVariable UUID id) {
        Persona persona = personas.change(id, new PersonaInput(null, null, null, true));
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
