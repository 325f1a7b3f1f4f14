package social.coral.agents;

import social.coral.tenancy.Query;

/**
 * Something that a tenant must have for an agent to have work.
 *
 * @param rows gives at least one row when the tenant has it
 * @param otherwise what is missing, in a sentence that says what to do
 */
public record Prerequisite(Query<?> rows, String otherwise) {}
