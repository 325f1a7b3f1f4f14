package social.coral.web.settings;

import org.jspecify.annotations.Nullable;
import social.coral.identity.Profile;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;

/**
 * The section of the settings that says who the person is.
 *
 * @param meanwhile what was saved since the form was shown; null when nothing was
 */
public record ProfileView(Profile profile, Form form, @Nullable ConcurrentEdit meanwhile) {}
