package social.coral.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/user/profile")
class ProfileController {

    record ProfileAnswer(Profile profile) {}

    private final Profiles profiles;

    ProfileController(Profiles profiles) {
        this.profiles = profiles;
    }

    @GetMapping
    ProfileAnswer read() {
        return new ProfileAnswer(profiles.current());
    }

    /** The body is read as a map, since a field that is absent and one that is null mean different things. */
    @PatchMapping
    ProfileAnswer change(@RequestBody Map<String, @Nullable Object> fields) {
        return new ProfileAnswer(profiles.change(fields));
    }
}
