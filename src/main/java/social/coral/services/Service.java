package social.coral.services;

import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/**
 * A service outside that a tenant has a key for. A Spring component of this type can be used by every agent; what its calls
 * cost says a {@link social.coral.usage.PriceList} beside it.
 *
 * @param <T> what an agent calls it through; everything that goes wrong there is a {@link ServiceFault}
 */
public interface Service<T extends Object> {

    Class<T> type();

    /** The key that it is called with. */
    ServiceName key();

    /** The service as the key's owner sees it. It makes each of its calls through the caller. */
    T connect(Secret key, Caller caller);
}
