package social.coral.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.identity.Profile;
import social.coral.identity.ProfileCheck;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/**
 * The limit that the current tenant's posts have on X. An account that stops writing long posts must first withdraw those that are approved or
 * scheduled, so that none of them fails when its time comes.
 */
@Component
public class PostLimits implements ProfileCheck {

    /** The code of the failure when texts are planned that would no longer fit. */
    public static final String PLANNED = "long_posts_planned";
    /** The most long texts that are named at once. */
    public static final int MOST_NAMED = 10;

    private static final int AT_ONCE = 50;
    private static final int SHOWN = 80;
    private static final UUID FIRST = new UUID(0, 0);

    private final TenantDoor door;

    PostLimits(TenantDoor door) {
        this.door = door;
    }

    /**
     * A text that is to be published and is longer than an account without X Premium may write.
     *
     * @param title its title, or else how it begins
     */
    public record LongText(TextKind kind, UUID id, String title) {}

    public PostLimit current() {
        return of(door, "");
    }

    /** As above; until the end of the transaction it stays so. */
    static PostLimit kept(TenantDoor door) {
        return of(door, " for share");
    }

    private static PostLimit of(TenantDoor door, String locking) {
        return PostLimit.of(door.sql("select long_posts from public.user_profiles where user_id = :tenant" + locking).first(row -> row.getBoolean(1)).orElse(false));
    }

    /** Returns the approved and scheduled texts that only an account with X Premium can publish, up to {@link #MOST_NAMED}. */
    public List<LongText> planned() {
        return Stream.of(TextKind.TWEET, TextKind.THREAD, TextKind.REPLY).flatMap(kind -> planned(kind).stream()).limit(MOST_NAMED).toList();
    }

    private record Planned(UUID id, String title, List<String> parts) {}

    private List<LongText> planned(TextKind kind) {
        String words = kind == TextKind.THREAD ? "coalesce(title, parts[1]) as title, parts" : "content as title, array[content] as parts";
        List<LongText> found = new ArrayList<>();
        UUID last = FIRST;
        List<Planned> some;
        do {
            some = door.sql("select id, " + words + " from public." + kind.table()
                            + " where user_id = :tenant and status in ('approved', 'scheduled') and id > :last order by id limit :most")
                    .param("last", last)
                    .param("most", AT_ONCE)
                    .list(row -> new Planned(Columns.id(row), row.getString("title"), TextHistory.texts(row)));
            for (Planned text : some) {
                if (!PostLimit.SHORT.fits(kind, text.parts())) {
                    found.add(new LongText(kind, text.id(), beginning(text.title().replaceAll("\\s+", " "))));
                }
                last = text.id();
            }
        } while (some.size() == AT_ONCE && found.size() < MOST_NAMED);
        return found;
    }

    private static String beginning(String words) {
        String shown = StorableText.truncate(words, SHOWN);
        return shown.equals(words) ? words : shown + "…";
    }

    @Override
    public void mayChange(Profile before, boolean longPosts) {
        List<LongText> texts = before.longPosts() && !longPosts ? planned() : List.of();
        if (!texts.isEmpty()) {
            String named = texts.stream().map(text -> "the " + text.kind().noun() + " “" + text.title() + "”").collect(Collectors.joining(", "));
            throw Failure.conflict(PLANNED, String.format(Locale.ROOT,
                            "%s approved or scheduled and longer than %,d characters. Withdraw or shorten first: %s.",
                            texts.size() == 1 ? "One text is" : texts.size() < MOST_NAMED ? texts.size() + " texts are" : "At least " + MOST_NAMED + " texts are",
                            PostLimit.SHORT.weighted(), named))
                    .with("texts", texts.stream().map(text -> text.kind() + " " + text.id()).toList());
        }
    }
}
