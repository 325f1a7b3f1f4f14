package social.coral.tenancy;

import java.util.Locale;

/** Something that must be true of the database, with a query that names what breaks it. */
interface Claim {

    String name();

    String sentence();

    /** Names in a first column what breaks it, and in a second one, where there is one, the statement that mends it. */
    String breaches();

    /** Whether nothing is served while it is broken. */
    default boolean refusesStart() {
        return false;
    }

    /** Whether the product has no hand in it where {@code auth.uid()} belongs to somebody else. */
    default boolean isOfThePlatform() {
        return false;
    }

    /** Its name as a person reads it. */
    default String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
