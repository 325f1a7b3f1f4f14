package social.coral.web.keys;

import social.coral.vault.ServiceName;
import social.coral.web.frame.Form;

/** The form in which one key is entered. */
public record EnterKeyView(ServiceName service, Form form) {}
