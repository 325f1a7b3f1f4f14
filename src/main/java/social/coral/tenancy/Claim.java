package social.coral.tenancy;

import java.util.Locale;

/** Something that must be true of the database, with a query that names what breaks it. */
interface Claim {

    String name();

    String sentence();

    String breaches();

    /** Its name as a person reads it. */
    default String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
