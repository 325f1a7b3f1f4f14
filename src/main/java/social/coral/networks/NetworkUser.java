package social.coral.networks;

/**
 * An account on a network.
 *
 * @param handle without the {@code @}, spelt as the network spells it
 * @param isProtected whether only approved followers may read its posts
 */
public record NetworkUser(String id, String handle, String name, boolean isProtected) {}
