package social.coral.knowledge;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives memory that native code has freed back to the system, where the C library would keep it. */
final class NativeMemory {

    private static final Logger log = LoggerFactory.getLogger(NativeMemory.class);
    private static final Optional<MethodHandle> TRIM = Linker.nativeLinker().defaultLookup().find("malloc_trim")
            .map(trim -> Linker.nativeLinker().downcallHandle(trim, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));

    private NativeMemory() {}

    static void giveBack() {
        TRIM.ifPresent(trim -> {
            try {
                int ignored = (int) trim.invokeExact(0L);
            } catch (Throwable e) {
                log.debug("Freed memory was not given back.", e);
            }
        });
    }
}
