package social.coral.tenancy;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who does the current work for its tenant, and from where, for the audit.
 *
 * @param name {@code person}, {@code agent} and its name, or {@code system}
 * @param address the peer's address, as digits
 * @param session the session in which a person acts
 */
public record Actor(String name, @Nullable String address, @Nullable UUID session) {

    private static final ScopedValue<Actor> CURRENT = ScopedValue.newInstance();
    // They are put into the claims without quoting.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 .:_-]{1,100}");
    private static final Actor SYSTEM = new Actor("system", null, null);
    private static final String AGENT = "agent ";

    public Actor {
        if (!PLAIN.matcher(name).matches() || address != null && !PLAIN.matcher(address).matches()) {
            throw new IllegalArgumentException("not the name of an actor or an address");
        }
    }

    /** Returns a person acting in one of their sessions. */
    public static Actor person(String address, UUID session) {
        return new Actor("person", address, session);
    }

    public static Actor agent(String name) {
        return new Actor(AGENT + name, null, null);
    }

    /** Returns the actor of the current work. */
    public static Actor current() {
        return CURRENT.orElse(SYSTEM);
    }

    /** Returns the name of the agent, if an agent acts. */
    public Optional<String> agent() {
        return name.startsWith(AGENT) ? Optional.of(name.substring(AGENT.length())) : Optional.empty();
    }

    /** Runs the work as this actor. */
    public <T extends Object, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** As {@link #call}, for work without a result. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /** Returns the actor's members of the claims, each preceded by a comma. */
    String claims() {
        return ",\"actor\":\"" + name + "\"" + member("address", address) + member("session", session);
    }

    private static String member(String name, @Nullable Object value) {
        return value == null ? "" : ",\"" + name + "\":\"" + value + "\"";
    }
}
