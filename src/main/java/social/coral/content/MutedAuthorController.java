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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/muted-authors")
@Tag(name = "Muted authors", description = "Authors whom no agent answers")
class MutedAuthorController {

    record OneMutedAuthor(MutedAuthor mutedAuthor) {}

    record MutedAuthorList(List<MutedAuthor> mutedAuthors) {}

    record NewMutedAuthor(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "A mention of the author's") @Nullable UUID mentionId) {}

    private final MutedAuthors authors;
    private final Mentions mentions;

    MutedAuthorController(MutedAuthors authors, Mentions mentions) {
        this.authors = authors;
        this.mentions = mentions;
    }

    @GetMapping
    @Operation(summary = "Lists muted authors, the last one first")
    MutedAuthorList list(Page page) {
        return new MutedAuthorList(authors.list(page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Mutes the author of a mention", description = "What the author writes is set aside from now on.")
    OneMutedAuthor mute(@RequestBody NewMutedAuthor body) {
        UUID id = body.mentionId();
        if (id == null || mentions.find(id).isEmpty()) {
            throw Failure.invalid("mention_id", id == null ? "Say whose mention this is about." : "There is no mention with this id.");
        }
        return new OneMutedAuthor(authors.mute(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Lets agents answer an author again")
    void unmute(@PathVariable UUID id) {
        authors.unmute(id);
    }
}
