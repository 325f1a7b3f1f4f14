package social.coral.models;

import org.jspecify.annotations.Nullable;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call.Outcome;

/**
 * What one call brought: an answer or a fault.
 *
 * @param refusedParameter the parameter without which the call may succeed
 */
record Attempt<T extends Object>(@Nullable T reply, @Nullable ServiceFault fault, @Nullable String refusedParameter, Outcome outcome, Amount used) {

    static <T extends Object> Attempt<T> failed(ServiceFault fault, Outcome outcome, Amount used) {
        return new Attempt<>(null, fault, null, outcome, used);
    }
}
