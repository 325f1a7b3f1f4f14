package social.coral.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import social.coral.sandbox.Journal.Event;
import social.coral.sandbox.SandboxPost.Reference;

/** The accounts that clients act as, and their posts. */
final class OwnAccounts {

    private static final int FOLLOWERS = 260;

    /** X's code for an unknown language. */
    private static final String UNDETERMINED = "und";

    private final Journal journal;
    private final Map<String, Account> byHandle = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, SandboxPost> posts = new ConcurrentSkipListMap<>();
    private final Set<Long> deleted = ConcurrentHashMap.newKeySet();

    OwnAccounts(Journal journal) {
        this.journal = journal;
        journal.read().forEach(this::apply);
    }

    private void apply(Event event) {
        switch (event.kind()) {
            case "account" -> byHandle.put(key(event.handle()), account(event.handle()));
            case "post" -> posts.put(event.id(), post(event));
            case "delete" -> deleted.add(event.id());
            default -> throw new IllegalStateException("the sandbox's file has an event that this version does not know");
        }
    }

    private static SandboxPost post(Event event) {
        Account account = account(event.handle());
        Reference reference = event.replyTo() == 0 ? null
                : new Reference(Reference.Kind.REPLIED_TO, event.replyTo(), event.replyToAuthor());
        return new SandboxPost(event.id(), account.id(), UNDETERMINED, event.text(), event.conversation(), reference, null,
                Engagement.potential(account, false, Dice.of(event.id())) * 8);
    }

    /** Returns the account with this handle, created the first time that a client acts as it. */
    synchronized Account actAs(String handle) {
        Account known = byHandle.get(key(handle));
        if (known != null) {
            return known;
        }
        record(Event.account(handle));
        return account(handle);
    }

    /** Posts a text, unless the account has an identical post that is not deleted. */
    synchronized SandboxPost post(Account account, String text, @Nullable SandboxPost answered, long now) {
        if (of(account).stream().anyMatch(post -> post.text().equals(text))) {
            throw Refusal.forbidden("You are not allowed to create a Tweet with duplicate content.");
        }
        long time = posts.isEmpty() ? now : Math.max(now, Snowflake.epochMilli(posts.lastKey()) + 1);
        long id = Snowflake.id(time, Snowflake.OWN, account.id());
        Event event = answered == null
                ? new Event("post", account.handle(), id, text, id, 0, 0)
                : new Event("post", account.handle(), id, text, answered.conversation(), answered.id(), answered.authorId());
        record(event);
        return post(event);
    }

    /** Posts a text as of a time, unless the account has posted it already, and returns the post. What comes later has a later time. */
    synchronized SandboxPost postOnce(Account account, String text, long time) {
        return of(account).stream().filter(post -> post.text().equals(text)).findFirst().orElseGet(() -> post(account, text, null, time));
    }

    synchronized void delete(Account account, SandboxPost post) {
        record(Event.delete(account.handle(), post.id()));
    }

    private void record(Event event) {
        journal.append(event);
        apply(event);
    }

    @Nullable SandboxPost find(long id) {
        return deleted.contains(id) ? null : posts.get(id);
    }

    /** Returns the posts that are not deleted, newest first. */
    List<SandboxPost> all() {
        return posts.descendingMap().values().stream().filter(post -> !deleted.contains(post.id())).toList();
    }

    List<SandboxPost> of(Account account) {
        return all().stream().filter(post -> post.authorId() == account.id()).toList();
    }

    /** Returns the newest post before a time, even if deleted since: replies to it remain. */
    @Nullable SandboxPost newestBefore(Account account, long epochMilli) {
        return posts.headMap(Snowflake.id(epochMilli, 0, 0)).descendingMap().values().stream()
                .filter(post -> post.authorId() == account.id()).findFirst().orElse(null);
    }

    @Nullable Account byHandle(String handle) {
        return byHandle.get(key(handle));
    }

    List<Account> accounts() {
        return List.copyOf(byHandle.values());
    }

    private static Account account(String handle) {
        return Account.of(handle, handle, "An account of this sandbox's user.", FOLLOWERS);
    }

    private static String key(String handle) {
        return handle.toLowerCase(Locale.ROOT);
    }
}
