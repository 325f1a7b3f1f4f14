package social.coral.portability;

/** How many rows of a table a tenant may hold, said by the room whose table it is; an import stops there. */
public record RowLimit(String table, int most) {}
