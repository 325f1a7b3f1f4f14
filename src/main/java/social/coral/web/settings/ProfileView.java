package social.coral.web.settings;

import org.jspecify.annotations.Nullable;
import social.coral.identity.Profile;
import social.coral.web.frame.Form;
import social.coral.web.frame.Meanwhile;

/**
 * The section of the settings that says who the person is.
 *
 * @param meanwhile what was saved since the form was shown; null when nothing was
 */
public record ProfileView(Profile profile, Form form, @Nullable Meanwhile meanwhile) {}
