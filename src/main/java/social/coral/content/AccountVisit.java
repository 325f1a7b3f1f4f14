package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.networks.Network;
import social.coral.networks.PostIds;
import social.coral.networks.PostPage;

/**
 * How far collecting from an account has come.
 *
 * @param network where {@code networkUserId}, {@code sinceId} and the cursor are valid; null until the name is resolved
 * @param sinceId the newest post up to which everything was collected
 * @param startTime the time to collect from, where the network refused {@code sinceId}; null otherwise
 * @param cursorToken where an unfinished visit continues; null between visits
 * @param cursorNewestId the newest post that this visit has seen; becomes {@code sinceId} when it ends
 * @param lastCollectedAt when posts were last collected from it
 */
public record AccountVisit(
        UUID accountId,
        String username,
        @Nullable Network network,
        @Nullable String networkUserId,
        @Nullable String sinceId,
        @Nullable Instant startTime,
        @Nullable String cursorToken,
        @Nullable String cursorNewestId,
        @Nullable Instant lastCollectedAt) {

    AccountVisit after(PostPage page) {
        String newest = PostIds.newer(cursorNewestId, page.newestId());
        boolean ended = page.nextToken() == null;
        String since = ended ? PostIds.newer(sinceId, newest) : sinceId;
        return new AccountVisit(accountId, username, network, networkUserId, since, since == null ? startTime : null,
                page.nextToken(), ended ? null : newest, lastCollectedAt);
    }

    /** Reports whether nothing was collected from it before, so that a visit need not reach any earlier one. */
    public boolean isFirst() {
        return sinceId == null && startTime == null;
    }

    /** Returns the visit ended at the page that was read last, without those that were to follow. */
    public AccountVisit withoutRest() {
        return after(new PostPage(List.of(), null, null, List.of()));
    }

    /** Returns the visit without the page that it was to continue with; it starts at the newest post again. */
    public AccountVisit withoutCursor() {
        return new AccountVisit(accountId, username, network, networkUserId, sinceId, startTime, null, null, lastCollectedAt);
    }

    /** Returns the visit with a time in place of the post up to which everything was collected. */
    public AccountVisit withoutSinceId() {
        Instant told = sinceId == null ? null : PostIds.time(sinceId);
        Instant from = told != null && lastCollectedAt != null && told.isBefore(lastCollectedAt) ? told : lastCollectedAt;
        return new AccountVisit(accountId, username, network, networkUserId, null, sinceId == null ? null : from, null, null, lastCollectedAt);
    }
}
