package social.coral.content;

/**
 * What a page brought.
 *
 * @param added posts that were not there before
 * @param next where the visit stands now
 */
public record PageStored(int added, AccountVisit next) {}
