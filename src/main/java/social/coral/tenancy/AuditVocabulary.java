package social.coral.tenancy;

import java.util.Map;

/** The words in which people read the audit, so that a search finds what is shown to them. */
public interface AuditVocabulary {

    /** Returns the words for actions, actors and subjects that people read in other words than they are stored in. */
    Map<String, String> words();
}
