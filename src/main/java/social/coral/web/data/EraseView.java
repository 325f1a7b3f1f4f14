package social.coral.web.data;

import social.coral.web.frame.Form;

/**
 * The question before everything is erased, with what will be lost.
 *
 * @param recent whether the person signed in so lately that no password is asked for
 */
public record EraseView(Form form, boolean recent, String accounts, String collected, String written, String keys) {}
