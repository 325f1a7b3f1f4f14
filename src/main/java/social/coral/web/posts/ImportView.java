package social.coral.web.posts;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import social.coral.content.ImportResult;
import social.coral.tenancy.AuditLog;

/**
 * The page for importing posts.
 *
 * @param result what came of the file that was sent; null before one was
 * @param problem why the import did not come to its end
 * @param storedSome whether it stored something before that
 * @param last how the last import ended, where that was too early
 */
public record ImportView(DataSize limit, @Nullable ImportResult result, @Nullable String problem, boolean storedSome, AuditLog.@Nullable Entry last) {

    public String largest() {
        return limit.toGigabytes() >= 1 ? limit.toGigabytes() + "\u00A0GB" : limit.toMegabytes() + "\u00A0MB";
    }
}
