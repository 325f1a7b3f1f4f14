package social.coral.tenancy;

import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Whose data the running work may touch. A tenant is bound to a stretch of work, never passed as a parameter that may
 * be missing: what runs inside {@link #call} or {@link #run} acts for it, and work outside acts for nobody.
 */
public record Tenant(UUID id) {

    private static final ScopedValue<Tenant> CURRENT = ScopedValue.newInstance();

    /** The tenant of the running work. */
    public static Tenant current() {
        if (!CURRENT.isBound()) {
            throw new NoTenant();
        }
        return CURRENT.get();
    }

    static boolean isBound() {
        return CURRENT.isBound();
    }

    /** Runs the work for this tenant. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /** Runs the work for this tenant and gives its result. */
    public <T extends Object, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** The work, to be done on another thread for the tenant and by the actor of this one. */
    public static <T extends Object> Callable<T> carried(Callable<T> work) {
        Tenant tenant = current();
        Actor actor = Actor.current();
        return () -> tenant.call(() -> actor.call(work::call));
    }
}
