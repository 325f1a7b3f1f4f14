package social.coral.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * How many rows of a table a tenant may hold in this installation.
 *
 * @param most null for as many as the table's migration declares
 */
public record BoundSetting(String table, @Nullable Integer most) {}
