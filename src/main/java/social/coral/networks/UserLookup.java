package social.coral.networks;

import java.util.List;
import java.util.Map;

/**
 * What became of a question for several accounts.
 *
 * @param missing for each handle that was not found, in lower case, why
 */
public record UserLookup(List<NetworkUser> found, Map<String, NetworkFault> missing) {}
