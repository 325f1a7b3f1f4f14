package social.coral.imports;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import social.coral.installation.StartFault;

/**
 * @param limit the maximum size of an uploaded file
 */
@ConfigurationProperties("coral.imports")
record ImportSettings(@DefaultValue("2GB") DataSize limit) {

    ImportSettings {
        if (limit.toBytes() <= 0) {
            throw new StartFault("CORAL_IMPORT_LIMIT must be a size above zero, such as 2GB.");
        }
    }
}
