package social.coral.tenancy;

/** A value as PostgreSQL writes it, for a statement that stores it in a column, of whichever type that is. */
public record UntypedValue(String text) {}
