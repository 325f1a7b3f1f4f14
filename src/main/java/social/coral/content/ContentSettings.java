package social.coral.content;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param importLimit how large a file to import may be, as it is sent
 */
@ConfigurationProperties("coral.content")
record ContentSettings(@DefaultValue("2GB") DataSize importLimit) {

    ContentSettings {
        if (importLimit.toBytes() <= 0) {
            throw new IllegalArgumentException("CORAL_IMPORT_LIMIT must be a size above zero, such as 2GB");
        }
    }
}
