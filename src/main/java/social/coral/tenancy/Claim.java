package social.coral.tenancy;

import java.util.Locale;

/** A condition that the database must meet, with a query that lists violations. */
interface Claim {

    String name();

    String sentence();

    /** Returns the query: the first column names a violation, the second one, if any, the statement that fixes it. */
    String breaches();

    /** Reports whether a violation refuses the start. */
    default boolean refusesStart() {
        return false;
    }

    /** Reports whether it is up to the platform where {@code auth.uid()} belongs to somebody else. */
    default boolean isOfThePlatform() {
        return false;
    }

    /** Returns its name for people. */
    default String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
