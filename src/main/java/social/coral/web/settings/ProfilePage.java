package social.coral.web.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.content.PostLimits;
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
    private final PostLimits limits;
    private final Visitor visitor;

    ProfilePage(Profiles profiles, PostLimits limits, Visitor visitor) {
        this.profiles = profiles;
        this.limits = limits;
        this.visitor = visitor;
    }

    @GetMapping("/settings")
    ModelAndView profile() {
        return page(visitor.profile(), ProfileForm.of(visitor.profile()), null);
    }

    /** The address of the form after it was refused, when it is loaded again. */
    @GetMapping("/settings/profile")
    ModelAndView form() {
        return PageResult.seeOther("/settings");
    }

    @PostMapping("/settings/profile")
    ModelAndView save(ProfileForm sent) {
        try {
            profiles.change(sent.fields(), ConcurrentEdit.seen(sent.typed().value(ConcurrentEdit.SEEN)));
            return PageResult.seeOther("/settings", Toast.done("Profile saved."));
        } catch (Failure refused) {
            Profile now = visitor.profile();
            Form typed = refused.code().equals(PostLimits.PLANNED) ? sent.typed().refused("long_posts", "Withdraw or shorten the texts below first.")
                    : sent.typed().refused(refused);
            return PageResult.refused(page(now, typed, refused.code().equals("changed_meanwhile") ? meanwhile(now, typed) : null));
        }
    }

    private ModelAndView page(Profile profile, Form form, @Nullable ConcurrentEdit meanwhile) {
        return PageResult.page("settings/profile")
                .addObject("email", profile.email())
                .addObject("form", form.with(ConcurrentEdit.SEEN, profile.updatedAt().toString()))
                .addObject("meanwhile", meanwhile)
                .addObject("planned", profile.longPosts() ? limits.planned() : List.of());
    }

    private static ConcurrentEdit meanwhile(Profile now, Form typed) {
        List<ConcurrentEdit.Stored> stored = List.of(
                ConcurrentEdit.Stored.of("Your name", now.fullName()),
                ConcurrentEdit.Stored.of("Company", now.companyName()),
                ConcurrentEdit.Stored.of("Time zone", now.timeZone()),
                ConcurrentEdit.Stored.of("Long posts", onOff(now.longPosts())));
        return ConcurrentEdit.of(stored, List.of(typed.value("full_name"), typed.value("company_name"), typed.value("time_zone"),
                onOff(typed.value("long_posts").equals("true"))), "/settings");
    }

    private static String onOff(boolean longPosts) {
        return longPosts ? "On" : "Off";
    }
}
