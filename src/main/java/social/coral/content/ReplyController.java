package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Page;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/replies")
@Tag(name = "Replies", description = "Replies that the tenant writes to collected posts and to mentions")
class ReplyController extends TextController<Reply> {

    private static final String POST = "The collected post or the mention that it answers";

    record NewReplyBody(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = POST) @Nullable UUID postId,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = PostLimit.IN_WORDS) @Nullable String content,
            @Schema(format = "date-time", description = TIME) @Nullable String scheduledFor,
            @Schema(description = ZONE) @Nullable String timeZone) {}

    // Time and zone are nodes because null clears them and leaving them out does not.
    record ReplyEdit(@Schema(description = PostLimit.IN_WORDS) @Nullable String content,
            @Nullable PostStatus status,
            @Schema(type = "string", format = "date-time", nullable = true, description = TIME + "; null clears it") @Nullable JsonNode scheduledFor,
            @Schema(type = "string", nullable = true, description = ZONE) @Nullable JsonNode timeZone,
            @Schema(format = "date-time", description = SEEN) @Nullable String seen) {}

    record OneReply(Reply reply) {}

    record ReplyList(List<Reply> replies) {}

    record ConversationList(List<ConversationPost> conversation) {}

    private final Replies replies;
    private final Conversations conversations;

    ReplyController(Replies replies, Conversations conversations) {
        super(replies);
        this.replies = replies;
        this.conversations = conversations;
    }

    @GetMapping
    @Operation(summary = "Lists replies, the newest first", description = WORDS)
    ReplyList list(Page page,
            @Parameter(schema = @Schema(implementation = PostStatus.class)) @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String q) {
        return new ReplyList(listed(status, q, page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Writes a draft", description = "A post has one reply at most: 409 `already_answered`.")
    OneReply write(@RequestBody NewReplyBody body) {
        return new OneReply(replies.write(body.postId(), body.content(), body.scheduledFor(), body.timeZone()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a reply")
    OneReply get(@PathVariable UUID id) {
        return new OneReply(replies.get(id));
    }

    @GetMapping("/{id}/conversation")
    @Operation(summary = "Lists the posts up to the one that a reply answers, the oldest first", description = """
            As far as they are known. The post that the reply answers is the last, and `answered`; there is none when that post is gone.""")
    ConversationList conversation(@PathVariable UUID id) {
        return new ConversationList(conversations.of(replies.get(id).postId()));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes a reply or moves it on", description = STEPS + """
             What is too long for X cannot leave the draft: 400.""")
    OneReply change(@PathVariable UUID id, @RequestBody ReplyEdit body) {
        TextChange change = new TextChange(null, one(body.content()), body.status(),
                clearable("scheduled_for", body.scheduledFor()), clearable("time_zone", body.timeZone()));
        return new OneReply(replies.change(id, change, seen(body.seen())));
    }

    @PostMapping("/{id}/versions/{number}/restore")
    @Operation(summary = "Makes an earlier version the present one again", description = "This is a change as any other, and voids an approval.")
    OneReply restore(@PathVariable UUID id, @PathVariable int number, @RequestBody(required = false) @Nullable Restoring body) {
        return new OneReply(replies.restore(id, number, seen(body == null ? null : body.seen())));
    }
}
