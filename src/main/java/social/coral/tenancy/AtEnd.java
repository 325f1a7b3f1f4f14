package social.coral.tenancy;

import java.util.Set;

/** Work at the end of a transaction, before it commits, once with all that was given for it. */
public interface AtEnd<V> {

    void with(Set<V> values);
}
