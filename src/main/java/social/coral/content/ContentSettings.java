package social.coral.content;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import social.coral.installation.StartFault;

/**
 * @param importLimit the maximum size of an uploaded import file
 * @param mostPosts the most collected and imported posts a tenant may have; null for as many as their table declares
 */
@ConfigurationProperties("coral.content")
record ContentSettings(@DefaultValue("2GB") DataSize importLimit, @Nullable Integer mostPosts) {

    ContentSettings {
        if (importLimit.toBytes() <= 0) {
            throw new StartFault("CORAL_IMPORT_LIMIT must be a size above zero, such as 2GB.");
        }
        if (mostPosts != null && mostPosts < 1) {
            throw new StartFault("CORAL_MOST_POSTS must be a whole number of posts, at least 1.");
        }
    }
}
