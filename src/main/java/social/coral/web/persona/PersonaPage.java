package social.coral.web.persona;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.Persona;
import social.coral.content.PersonaInput;
import social.coral.content.Personas;
import social.coral.web.frame.Answer;
import social.coral.web.frame.Form;
import social.coral.web.frame.Toast;

/** Whose voice is it? */
@Controller
@RequestMapping("/persona")
final class PersonaPage {

    private static final Page ALL = new Page(Personas.MOST, 0);

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
        Form form = form(persona.name(), persona.description(), persona.tone());
        return Answer.page("persona/page", new PersonaView(personas.list(ALL), persona, form));
    }

    private static Form form(String name, String description, String tone) {
        return Form.empty().with("name", name).with("description", description).with("tone", tone);
    }

    @PostMapping("/{id}")
    ModelAndView save(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "") String tone) {
        try {
            Persona saved = personas.change(id, new PersonaInput(name, description, tone, null));
            return Answer.seeOther("/persona/" + id, Toast.done("Saved “" + saved.name() + "”."));
        } catch (Failure refused) {
            return again(personas.get(id), form(name, description, tone), refused);
        }
    }

    @GetMapping("/new")
    ModelAndView blank() {
        return Answer.page("persona/page", new PersonaView(personas.list(ALL), null, form("", "", "professional")));
    }

    @PostMapping("/new")
    ModelAndView add(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "") String tone) {
        try {
            Persona added = personas.add(new PersonaInput(name, description, tone, null));
            return Answer.seeOther("/persona/" + added.id(), Toast.done("Added “" + added.name() + "”."));
        } catch (Failure refused) {
            return again(null, form(name, description, tone), refused);
        }
    }

    /** A failure that names no field is about the name: there is one already, or there are too many. */
    private ModelAndView again(@Nullable Persona shown, Form form, Failure refused) {
        Form told = refused.errors().isEmpty() ? form.refused("name", refused.sentence()) : form.refused(refused);
        return Answer.refused("persona/page", new PersonaView(personas.list(ALL), shown, told));
    }

    @PostMapping("/{id}/default")
    ModelAndView makeDefault(@PathVariable UUID id) {
        Persona persona = personas.change(id, new PersonaInput(null, null, null, true));
        return Answer.seeOther("/persona/" + id, Toast.done("Agents write as “" + persona.name() + "” from now on."));
    }

    @GetMapping("/{id}/delete")
    ModelAndView askBeforeDeleting(@PathVariable UUID id) {
        Persona persona = personas.get(id);
        return Answer.page("persona/delete", new PersonaView(personas.list(ALL), persona, Form.empty()));
    }

    @PostMapping("/{id}/delete")
    ModelAndView delete(@PathVariable UUID id) {
        String name = personas.get(id).name();
        personas.delete(id);
        return Answer.seeOther("/persona", Toast.done("Deleted “" + name + "”."));
    }
}
