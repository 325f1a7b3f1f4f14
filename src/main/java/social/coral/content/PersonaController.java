package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import social.coral.api.Failure;
import social.coral.api.Page;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/personas")
@Tag(name = "Personas", description = "The voices in which agents write")
class PersonaController {

    private static final String TERMS = "At most 50 of at most 60 characters each; blank ones and repetitions are left out";
    private static final String LEVEL = "From 0 to 100";

    // The language is a node because null clears it and leaving it out does not.
    record PersonaBody(@Nullable String name, @Nullable String description,
            @Schema(description = "One or a few words, such as professional or witty") @Nullable String tone,
            @Nullable Boolean isDefault,
            @Schema(description = LEVEL) @Nullable Integer humour,
            @Schema(description = LEVEL) @Nullable Integer enthusiasm,
            @Schema(description = LEVEL) @Nullable Integer assertiveness,
            @Nullable String expertise, @Nullable String audience,
            @Schema(description = TERMS) @Nullable List<@Nullable String> wordsToUse,
            @Schema(description = TERMS) @Nullable List<@Nullable String> wordsToAvoid,
            @Schema(description = TERMS) @Nullable List<@Nullable String> tabooTopics,
            @Nullable String writingStyle,
            @Schema(description = "At most 5 texts of one's own, of at most 3,000 characters each") @Nullable List<@Nullable String> samples,
            @Schema(type = "string", nullable = true, example = "en", description = "A BCP 47 tag; null for the language of what a text is written about")
                    @Nullable JsonNode language) {

        PersonaInput input() {
            if (language != null && !language.isString() && !language.isNull()) {
                throw Failure.wrongType("language");
            }
            return new PersonaInput(name, isDefault, description, tone, humour, enthusiasm, assertiveness, expertise, audience,
                    wordsToUse, wordsToAvoid, tabooTopics, writingStyle, samples, language == null ? null : language.isNull() ? "" : language.stringValue());
        }
    }

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
    OnePersona add(@RequestBody PersonaBody body) {
        return new OnePersona(personas.add(body.input()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a persona")
    OnePersona get(@PathVariable UUID id) {
        return new OnePersona(personas.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes a persona", description = "What is left out stays as it is; an empty text or list clears. The default stays one until another is made it: `is_default: false` on it answers 409 `default_needed`.")
    OnePersona change(@PathVariable UUID id, @RequestBody PersonaBody body) {
        return new OnePersona(personas.change(id, body.input()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes a persona", description = "The default cannot be deleted: 409 `default_needed`.")
    void delete(@PathVariable UUID id) {
        personas.delete(id);
    }
}
