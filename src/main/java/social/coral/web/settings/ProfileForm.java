package social.coral.web.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import social.coral.identity.Profile;
import social.coral.web.frame.Form;

/**
 * The profile as it is typed.
 *
 * @param seen the version that the form was filled in for
 */
public record ProfileForm(
        @BindParam("full_name") @Nullable String fullName,
        @BindParam("company_name") @Nullable String companyName,
        @BindParam("time_zone") @Nullable String timeZone,
        @BindParam("long_posts") @Nullable String longPosts,
        @Nullable String seen) {

    public static Form of(Profile profile) {
        return new ProfileForm(profile.fullName(), profile.companyName(), profile.timeZone(), String.valueOf(profile.longPosts()),
                profile.updatedAt().toString()).typed();
    }

    public Form typed() {
        return Form.of(this);
    }

    public Map<String, Object> fields() {
        return Map.of("full_name", typed().value("full_name"), "company_name", typed().value("company_name"), "time_zone", typed().value("time_zone"),
                "long_posts", typed().value("long_posts").equals("true"));
    }
}
