package social.coral.content;

import org.jspecify.annotations.Nullable;
import social.coral.networks.MentionPage;
import social.coral.networks.Network;
import social.coral.networks.NetworkUser;
import social.coral.networks.PostIds;

/**
 * How far the mentions of an account were read.
 *
 * @param account the account that the tenant's keys act as
 * @param sinceId the newest mention up to which all were read
 * @param cursorToken where an unfinished reading continues; null between readings
 * @param cursorNewestId the newest mention that this reading has seen; becomes {@code sinceId} when it ends
 */
public record MentionReading(
        Network network, NetworkUser account, @Nullable String sinceId, @Nullable String cursorToken, @Nullable String cursorNewestId) {

    /** Reports whether nothing was read before, so that the newest mentions are enough. */
    public boolean isFirst() {
        return sinceId == null;
    }

    /** @param last whether the pages that follow are left */
    MentionReading after(MentionPage page, boolean last) {
        String newest = PostIds.newer(cursorNewestId, page.newestId());
        boolean ended = last || page.nextToken() == null;
        return ended ? new MentionReading(network, account, PostIds.newer(sinceId, newest), null, null)
                : new MentionReading(network, account, sinceId, page.nextToken(), newest);
    }

    /** Returns the reading without the page that it was to continue with, which the network no longer knows; it starts at the newest mention again. */
    public MentionReading withoutCursor() {
        return new MentionReading(network, account, sinceId, null, null);
    }

    /** Returns the reading as if nothing was read before, because the network no longer takes the place; what is stored is not stored again. */
    public MentionReading withoutPlace() {
        return new MentionReading(network, account, null, null, null);
    }
}
