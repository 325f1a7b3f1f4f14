package social.coral.web.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.identity.Profile;
import social.coral.identity.Profiles;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;
import social.coral.web.frame.Visitor;

/** Who am I? The profile, as the first section of the settings. */
@Controller
final class ProfilePage {

    private final Profiles profiles;
    private final Visitor visitor;

    ProfilePage(Profiles profiles, Visitor visitor) {
        this.profiles = profiles;
        this.visitor = visitor;
    }

    @GetMapping("/settings")
    ModelAndView profile() {
        Profile profile = visitor.profile();
        return page(profile, form(profile.fullName(), profile.companyName(), profile.timeZone()), null);
    }

    /** The address of the form after it was refused, when it is loaded again. */
    @GetMapping("/settings/profile")
    ModelAndView form() {
        return PageResult.seeOther("/settings");
    }

    private static Form form(@Nullable String fullName, @Nullable String companyName, String timeZone) {
        return Form.empty().with("full_name", fullName).with("company_name", companyName).with("time_zone", timeZone);
    }

    @PostMapping("/settings/profile")
    ModelAndView save(
            @RequestParam(name = "full_name", defaultValue = "") String fullName,
            @RequestParam(name = "company_name", defaultValue = "") String companyName,
            @RequestParam(name = "time_zone", defaultValue = "") String timeZone,
            @RequestParam(defaultValue = "") String seen) {
        try {
            profiles.change(Map.of("full_name", fullName, "company_name", companyName, "time_zone", timeZone), ConcurrentEdit.seen(seen));
            return PageResult.seeOther("/settings", Toast.done("Profile saved."));
        } catch (Failure refused) {
            Profile now = visitor.profile();
            Form typed = form(fullName, companyName, timeZone).refused(refused);
            return PageResult.refused(page(now, typed, refused.code().equals("changed_meanwhile") ? meanwhile(now, typed) : null));
        }
    }

    private static ModelAndView page(Profile profile, Form form, @Nullable ConcurrentEdit meanwhile) {
        return PageResult.page("settings/profile")
                .addObject("email", profile.email())
                .addObject("form", form.with(ConcurrentEdit.SEEN, profile.updatedAt().toString()))
                .addObject("meanwhile", meanwhile);
    }

    private static ConcurrentEdit meanwhile(Profile now, Form typed) {
        List<ConcurrentEdit.Stored> stored = List.of(
                ConcurrentEdit.Stored.of("Your name", now.fullName()),
                ConcurrentEdit.Stored.of("Company", now.companyName()),
                ConcurrentEdit.Stored.of("Time zone", now.timeZone()));
        return ConcurrentEdit.of(stored, List.of(typed.value("full_name"), typed.value("company_name"), typed.value("time_zone")), "/settings");
    }
}
