package social.coral.portability;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import social.coral.installation.StartFault;

/**
 * @param importLimit the maximum size of an uploaded archive
 * @param spoolLimit how much of the disk all running imports and exports may take together
 */
@ConfigurationProperties("coral.portability")
record PortabilitySettings(@DefaultValue("2GB") DataSize importLimit, @DefaultValue("16GB") DataSize spoolLimit) {

    /** Keeps the unpacked limit, a multiple of this one, within a long. */
    private static final DataSize MOST = DataSize.ofTerabytes(1000);

    PortabilitySettings {
        demand("CORAL_IMPORT_LIMIT", importLimit);
        demand("CORAL_SPOOL_LIMIT", spoolLimit);
    }

    private static void demand(String variable, DataSize size) {
        if (size.toBytes() <= 0 || size.compareTo(MOST) > 0) {
            throw new StartFault(variable + " must be a size above zero and of at most 1000TB, such as 2GB.");
        }
    }
}
