package social.coral.content;

/**
 * What a page brought.
 *
 * @param added posts that were not there before
 * @param refreshed posts that were, whose counts are now those of the page
 * @param next where the visit stands now
 */
public record PageStored(int added, int refreshed, AccountVisit next) {}
