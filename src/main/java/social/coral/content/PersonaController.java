package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/personas")
@Tag(name = "Personas", description = "The voices in which agents write")
class PersonaController {

    record OnePersona(Persona persona) {}

    record PersonaList(List<Persona> personas) {}

    private final Personas personas;

    PersonaController(Personas personas) {
        this.personas = personas;
    }

    @GetMapping
    @Operation(summary = "Lists personas, the default first")
    PersonaList list(Page page) {
        return new PersonaList(personas.list(page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Adds a persona", description = "With `is_default: true` it takes the place of the present default.")
    OnePersona add(@RequestBody PersonaInput body) {
        return new OnePersona(personas.add(body));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a persona")
    OnePersona get(@PathVariable UUID id) {
        return new OnePersona(personas.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes a persona", description = "The default stays one until another is made it: `is_default: false` on it answers 409 `default_needed`.")
    OnePersona change(@PathVariable UUID id, @RequestBody PersonaInput body) {
        return new OnePersona(personas.change(id, body));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes a persona", description = "The default cannot be deleted: 409 `default_needed`.")
    void delete(@PathVariable UUID id) {
        personas.delete(id);
    }
}
