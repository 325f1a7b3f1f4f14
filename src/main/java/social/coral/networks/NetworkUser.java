package social.coral.networks;

import java.util.regex.Pattern;

/**
 * An account on a network.
 *
 * @param handle without the {@code @}, spelt as the network spells it
 */
public record NetworkUser(String id, String handle, String name) {

    // New handles have at most 15 characters; a few old ones have up to 20.
    private static final Pattern HANDLE = Pattern.compile("[A-Za-z0-9_]{1,20}");

    public static boolean isHandle(String text) {
        return HANDLE.matcher(text).matches();
    }
}
