package social.coral.knowledge;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.config.BeanPostProcessor;
import social.coral.tenancy.Tenant;

/** Has whoever reads texts of a tenant that is held wait there, so that its searches are as far as they come with all that they take. */
final class HeldTexts implements BeanPostProcessor {

    private static final Map<Tenant, Hold> HELD = new ConcurrentHashMap<>();

    /** Holds a tenant until it is closed. */
    static final class Hold implements AutoCloseable {

        private final Tenant tenant;
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        private Hold(Tenant tenant) {
            this.tenant = tenant;
        }

        void pass() throws InterruptedException {
            arrived.countDown();
            over.await();
        }

        void awaitArrival() throws InterruptedException {
            arrived.await();
        }

        @Override
        public void close() {
            HELD.remove(tenant);
            over.countDown();
        }
    }

    static Hold hold(Tenant tenant) {
        Hold hold = new Hold(tenant);
        HELD.put(tenant, hold);
        return hold;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof KnowledgeKind kind ? before(KnowledgeKind.class, kind, "read", () -> {
            Hold hold = HELD.get(Tenant.current());
            if (hold != null) {
                hold.pass();
            }
        }) : bean;
    }

    /** Something that may be interrupted. */
    interface Before {
        void run() throws InterruptedException;
    }

    /** The same, except that something is done before one of its methods. */
    static <T> T before(Class<T> type, T same, String method, Before before) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, values) -> {
            if (called.getName().equals(method)) {
                before.run();
            }
            try {
                return called.invoke(same, values);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }));
    }
}
