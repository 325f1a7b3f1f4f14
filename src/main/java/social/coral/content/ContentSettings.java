package social.coral.content;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import social.coral.installation.StartFault;

/**
 * @param mostPosts the most collected and imported posts a tenant may have; null for as many as their table declares
 */
@ConfigurationProperties("coral.content")
record ContentSettings(@Nullable Integer mostPosts) {

    ContentSettings {
        if (mostPosts != null && mostPosts < 1) {
            throw new StartFault("CORAL_MOST_POSTS must be a whole number of posts, at least 1.");
        }
    }
}
