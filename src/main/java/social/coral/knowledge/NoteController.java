package social.coral.knowledge;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/notes")
@Tag(name = "Notes", description = "What agents have noted in their work, which searches find too")
class NoteController {

    record OneNote(Note note) {}

    record NoteList(List<Note> notes) {}

    private final Notes notes;

    NoteController(Notes notes) {
        this.notes = notes;
    }

    @GetMapping
    @Operation(summary = "Lists what agents have noted, the newest first")
    NoteList list(Page page) {
        return new NoteList(notes.list(page));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a note")
    OneNote get(@PathVariable UUID id) {
        return new OneNote(notes.get(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Forgets a note", description = "It is removed for good, also from searches. Its agent may note the same again.")
    void forget(@PathVariable UUID id) {
        notes.forget(id);
    }
}
