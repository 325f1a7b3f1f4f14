package social.coral.tenancy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;

/**
 * @param auditMonths how many whole months of the audit are kept beside the present one; 0 keeps all
 */
@ConfigurationProperties("coral.tenancy")
record TenancySettings(@DefaultValue("0") int auditMonths) {

    TenancySettings {
        if (auditMonths < 0) {
            throw new StartFault("CORAL_AUDIT_MONTHS must be a whole number of months; 0 keeps the audit forever.");
        }
    }
}
