package social.coral.tenancy;

/** How many rows of a table a tenant may hold in this installation, where that is set otherwise than the table's migration says. */
public record BoundSetting(String table, long most) {}
