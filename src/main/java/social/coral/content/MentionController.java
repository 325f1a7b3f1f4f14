package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/mentions")
@Tag(name = "Mentions", description = "Posts of others that mention the tenant's account, and what became of them")
class MentionController {

    record OneMention(Mention mention) {}

    record MentionList(List<Mention> mentions) {}

    record ConversationList(List<ConversationPost> conversation) {}

    record MentionChange(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, allowableValues = "open") @Nullable String state) {}

    private final Mentions mentions;
    private final Conversations conversations;

    MentionController(Mentions mentions, Conversations conversations) {
        this.mentions = mentions;
        this.conversations = conversations;
    }

    @GetMapping
    @Operation(summary = "Lists mentions, the newest first", description = """
            `state` is `open` while a mention waits for an agent, `answered` once a reply was written, whatever became of that, and `set_aside` with a `reason`: \
            `hostile`, `off_topic`, `automatic`, `no_answer`, `dismissed`, `old`, `recent`, `muted`, `limited`, `closed` or `gone`.""")
    MentionList list(@Parameter(schema = @Schema(implementation = Mention.State.class)) @RequestParam(required = false) @Nullable String state,
            @Parameter(schema = @Schema(implementation = Mention.Reason.class)) @RequestParam(required = false) @Nullable String reason, Page page) {
        return new MentionList(mentions.list(Mentions.state(state), Mentions.reason(reason), page));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a mention")
    OneMention get(@PathVariable UUID id) {
        return new OneMention(mentions.get(id));
    }

    @GetMapping("/{id}/conversation")
    @Operation(summary = "Lists the posts up to a mention, the oldest first", description = "As far as they could be read. The mention itself is the last, and `answered`.")
    ConversationList conversation(@PathVariable UUID id) {
        return new ConversationList(conversations.of(mentions.get(id)));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Has an agent answer a mention that was set aside", description = """
            Whatever it makes of it. Where no agent may answer, because the author had a reply shortly before, limits who may reply, or does not show the post: \
            409 `illegal_transition`.""")
    OneMention change(@PathVariable UUID id, @RequestBody MentionChange change) {
        mentions.get(id);
        if (!Mention.State.OPEN.toString().equals(change.state())) {
            throw Failure.invalid("state", "\"state\" must be open.");
        }
        return new OneMention(mentions.want(id));
    }
}
