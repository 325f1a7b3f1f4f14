package social.coral.web.settings;

import social.coral.identity.Profile;
import social.coral.web.frame.Form;

/** The section of the settings that says who the person is. */
public record ProfileView(Profile profile, Form form) {}
