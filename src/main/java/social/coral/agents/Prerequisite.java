package social.coral.agents;

import social.coral.tenancy.Query;

/**
 * Something that a tenant must have for an agent to have work.
 *
 * @param rows gives at least one row when the tenant has it
 * @param title what is wrong without it, such as "All your accounts are paused"
 * @param remedy what a person can do about it, in a sentence
 * @param verb the same in two words, for a button
 * @param page where that is done
 */
public record Prerequisite(Query<?> rows, String title, String remedy, String verb, String page) {

    /** Says what is wrong and what to do about it. */
    public String sentence() {
        return title + ". " + remedy;
    }
}
