package social.coral.installation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param reserve the room on the data folder's disk that is left to small writes and to the database itself
 */
@ConfigurationProperties("coral.disk")
record DiskSettings(@DefaultValue("200MB") DataSize reserve) {

    DiskSettings {
        if (reserve.isNegative()) {
            throw new StartFault("CORAL_DISK_RESERVE must be a size, like 200MB");
        }
    }
}
