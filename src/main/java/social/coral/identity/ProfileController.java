package social.coral.identity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/user/profile")
@Tag(name = "Profile", description = "The account's names, settings and limits")
class ProfileController {

    private static final String LONG_POSTS = "Whether the X account may publish posts of up to 25,000 characters, as accounts with X Premium may. "
            + "It cannot become false while texts of more than 280 are approved or scheduled: 409 `long_posts_planned`, with their kinds and ids in `texts`";

    /** @param apiUsageCurrent what this month cost so far, in cents */
    record ShownProfile(@JsonUnwrapped Profile profile, int apiUsageCurrent) {}

    record ProfileAnswer(ShownProfile profile) {}

    /** Describes the request body in the API's documentation. */
    record ProfileChange(@Nullable String fullName, @Nullable String companyName, @Nullable Boolean setupCompleted,
            @Schema(example = "Europe/Berlin") @Nullable String timeZone, @Schema(example = "pt-BR") @Nullable String locale,
            @Schema(description = LONG_POSTS) @Nullable Boolean longPosts) {}

    private final Profiles profiles;

    ProfileController(Profiles profiles) {
        this.profiles = profiles;
    }

    @GetMapping
    @Operation(summary = "Show the profile")
    ProfileAnswer read() {
        return shown(profiles.current());
    }

    /** Reads the body as a map, because an absent field and a null mean different things. */
    @PatchMapping
    @Operation(
            summary = "Change the profile",
            description = "Takes any of `full_name`, `company_name` (a null clears them), `setup_completed`, `time_zone` (an IANA name), "
                    + "`locale` and `long_posts`. Any other field answers 400 and changes nothing.",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
                    required = true, content = @Content(schema = @Schema(implementation = ProfileChange.class))))
    ProfileAnswer change(@RequestBody Map<String, @Nullable Object> fields) {
        return shown(profiles.change(fields));
    }

    private ProfileAnswer shown(Profile profile) {
        return new ProfileAnswer(new ShownProfile(profile, profiles.apiUsageCurrent()));
    }
}
