package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.networks.Network;

/**
 * How a published post was doing at one time.
 *
 * @param postId the published post
 * @param networkPostId its id on the network
 * @param replies null where they are not known, as of posts from X's archives
 * @param quotes null where they are not known
 * @param impressions how often it had been shown; null where it is not known
 */
public record Measurement(
        UUID id,
        UUID postId,
        Network network,
        String networkPostId,
        Instant publishedAt,
        Instant measuredAt,
        int likes,
        int reposts,
        @Nullable Integer replies,
        @Nullable Integer quotes,
        @Nullable Integer impressions) {}
