package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.Page;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/tweets")
@Tag(name = "Posts", description = "What the tenant writes")
class TweetController {

    private static final String COUNT = "At most 280 characters as X counts them; while it is a draft up to 5,000";
    private static final String TIME = "An ISO-8601 time with its offset, in the future";
    private static final String ZONE = "The IANA zone in which the time was chosen; the profile's when not given";

    record NewTweet(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = COUNT) @Nullable String content,
            @Schema(allowableValues = "draft") @Nullable String status,
            @Schema(format = "date-time", description = TIME) @Nullable String scheduledFor,
            @Schema(description = ZONE) @Nullable String timeZone) {}

    // Time and zone are nodes because null clears them and leaving them out does not.
    record TweetEdit(@Schema(description = COUNT) @Nullable String content,
            @Nullable PostStatus status,
            @Schema(type = "string", format = "date-time", nullable = true, description = TIME + "; null clears it") @Nullable JsonNode scheduledFor,
            @Schema(type = "string", nullable = true, description = ZONE) @Nullable JsonNode timeZone) {}

    record OneTweet(Tweet tweet) {}

    record TweetList(List<Tweet> tweets) {}

    private final Tweets tweets;

    TweetController(Tweets tweets) {
        this.tweets = tweets;
    }

    @GetMapping
    @Operation(summary = "Lists posts, the newest first")
    TweetList list(Page page, @Parameter(schema = @Schema(implementation = PostStatus.class)) @RequestParam(required = false) @Nullable String status) {
        return new TweetList(tweets.list(status == null || status.isBlank() ? null : PostStatus.of("status", status), page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Writes a draft")
    OneTweet write(@RequestBody NewTweet body) {
        if (body.status() != null && PostStatus.of("status", body.status()) != PostStatus.DRAFT) {
            throw Failure.invalid("status", "The status of a new post must be draft.");
        }
        return new OneTweet(tweets.write(body.content(), body.scheduledFor(), body.timeZone()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a post")
    OneTweet get(@PathVariable UUID id) {
        return new OneTweet(tweets.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes a post or moves it on", description = """
            Steps that a person may take: draft to in_review, or to scheduled if a person wrote it, which approves it; in_review to approved, changes_wanted, rejected or draft; changes_wanted to in_review or draft; \
            approved to scheduled (with a time in the future) or draft; scheduled to approved or draft; rejected and failed to draft. Any other is 409 `illegal_transition` with `from` and `to`. \
            New words make a draft again of what was approved, scheduled, rejected or failed; a step given with them starts from there. \
            What is too long for X cannot leave the draft: 400. What is publishing or published cannot be changed: 409 `not_editable`.""")
    OneTweet change(@PathVariable UUID id, @RequestBody TweetEdit body) {
        return new OneTweet(tweets.change(id, new TextChange(
                null, body.content() == null ? null : List.of(body.content()), body.status(), clearable("scheduled_for", body.scheduledFor()), clearable("time_zone", body.timeZone()))));
    }

    private static @Nullable String clearable(String field, @Nullable JsonNode given) {
        if (given == null) {
            return null;
        }
        if (!given.isString() && !given.isNull()) {
            throw Failure.wrongType(field);
        }
        return given.isNull() ? "" : given.stringValue();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes a post")
    void delete(@PathVariable UUID id) {
        tweets.delete(id);
    }
}
