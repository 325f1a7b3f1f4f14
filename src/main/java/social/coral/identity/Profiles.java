package social.coral.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;
import social.coral.api.TimeZones;
import social.coral.tenancy.TenantDoor;

/** The current tenant's profile. Tier, limit and usage are read-only. */
@Component
public class Profiles {

    private final TenantDoor door;
    private final List<ProfileCheck> checks;

    Profiles(TenantDoor door, List<ProfileCheck> checks) {
        this.door = door;
        this.checks = checks;
    }

    public Profile current() {
        return door.sql("""
                        select id, user_id, email, full_name, company_name, subscription_tier, api_usage_limit,
                          setup_completed, time_zone, locale, long_posts, erasure_due_at, created_at, updated_at
                        from public.user_profiles where user_id = :tenant
                        """)
                .first(Profiles::read)
                .orElseThrow(Failure::notFound);
    }

    /** Returns what this month cost so far, in cents. */
    int apiUsageCurrent() {
        return door.sql("select public.api_usage_current(user_profiles) as cents from public.user_profiles where user_id = :tenant").one(row -> row.getInt("cents"));
    }

    /**
     * Changes the given fields, by their JSON names: {@code full_name}, {@code company_name}, {@code setup_completed}, {@code
     * time_zone}, {@code locale}, {@code long_posts}. Any other field is a {@link Failure} that names it.
     */
    public Profile change(Map<String, ?> fields) {
        return change(fields, null);
    }

    /**
     * Changes the profile, with optimistic locking: 409 {@code changed_meanwhile} when it was changed since {@code seen}.
     *
     * @param seen the {@code updatedAt} that the person saw; null skips the check
     */
    public Profile change(Map<String, ?> fields, @Nullable Instant seen) {
        return door.transaction(() -> {
            lock();
            Profile before = current();
            if (seen != null && !seen.equals(before.updatedAt())) {
                throw Failure.changedMeanwhile();
            }
            ProfileEdit edit = new ProfileEdit(before);
            edit.apply(fields);
            checks.forEach(check -> check.mayChange(before, edit.longPosts));
            door.audit("profile.changed", "");
            return save(edit);
        });
    }

    /** Sets the time zone of a person who is just signing up, which is a part of that and no change to enter in the audit. */
    public void begin(String timeZone) {
        door.sql("update public.user_profiles set time_zone = :zone where user_id = :tenant")
                .param("zone", TimeZones.parse("time_zone", timeZone).getId())
                .update();
    }

    /** Serializes concurrent changes, so that neither undoes the other's fields. */
    private void lock() {
        door.sql("select id from public.user_profiles where user_id = :tenant for update").first(row -> row.getString("id"));
    }

    private Profile save(ProfileEdit edit) {
        return door.sql("""
                        update public.user_profiles
                        set full_name = :full_name, company_name = :company_name, setup_completed = :setup_completed,
                          time_zone = :time_zone, locale = :locale, long_posts = :long_posts, updated_at = now()
                        where user_id = :tenant
                        returning id, user_id, email, full_name, company_name, subscription_tier, api_usage_limit,
                          setup_completed, time_zone, locale, long_posts, erasure_due_at, created_at, updated_at
                        """)
                .param("full_name", edit.fullName)
                .param("company_name", edit.companyName)
                .param("setup_completed", edit.setupCompleted)
                .param("time_zone", edit.timeZone)
                .param("locale", edit.locale)
                .param("long_posts", edit.longPosts)
                .one(Profiles::read);
    }

    private static Profile read(ResultSet row) throws SQLException {
        return new Profile(
                Columns.id(row),
                Columns.id(row, "user_id"),
                row.getString("email"),
                row.getString("full_name"),
                row.getString("company_name"),
                row.getString("subscription_tier"),
                row.getInt("api_usage_limit"),
                row.getBoolean("setup_completed"),
                String.valueOf(Columns.zone(row, "time_zone")),
                row.getString("locale"),
                row.getBoolean("long_posts"),
                Columns.optionalInstant(row, "erasure_due_at"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
