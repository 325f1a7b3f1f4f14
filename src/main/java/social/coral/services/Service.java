package social.coral.services;

import java.util.function.BiFunction;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/**
 * A service outside that a tenant has a key for. A Spring bean of this type can be used by every agent; lines
 * of {@code prices.csv} say what its calls cost.
 *
 * @param type what an agent calls it through; everything that goes wrong there is a {@link ServiceFault}
 * @param key the key that it is called with
 * @param connect makes the service as the key's owner sees it, which makes each of its calls through the caller
 */
public record Service<T extends Object>(Class<T> type, ServiceName key, BiFunction<Secret, Caller, T> connect) {}
