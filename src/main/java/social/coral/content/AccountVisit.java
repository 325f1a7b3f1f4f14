package social.coral.content;

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
 * @param cursorToken where an unfinished visit continues; null between visits
 * @param cursorNewestId the newest post that this visit has seen; becomes {@code sinceId} when it ends
 * @param failing whether the visit before failed, for another reason than the account's own state
 */
public record AccountVisit(
        UUID accountId,
        String username,
        @Nullable Network network,
        @Nullable String networkUserId,
        @Nullable String sinceId,
        @Nullable String cursorToken,
        @Nullable String cursorNewestId,
        boolean failing) {

    AccountVisit after(PostPage page) {
        String newest = PostIds.newer(cursorNewestId, page.newestId());
        boolean ended = page.nextToken() == null;
        return new AccountVisit(accountId, username, network, networkUserId,
                ended ? PostIds.newer(sinceId, newest) : sinceId, page.nextToken(), ended ? null : newest, false);
    }
}
