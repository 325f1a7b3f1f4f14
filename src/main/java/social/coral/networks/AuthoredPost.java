package social.coral.networks;

import social.coral.api.StorableText;

/**
 * A post of somebody else, with who wrote it.
 *
 * @param authorId the network's id of the author, who may change the handle
 * @param authorName what the author is called beside the handle
 * @param limited whether not everybody may reply to it
 */
public record AuthoredPost(Post post, String authorId, String authorName, boolean limited) {

    private static final int MAX_NAME_LENGTH = 200;

    public AuthoredPost {
        if (!PostIds.isId(authorId)) {
            throw new IllegalArgumentException("not an id: " + authorId);
        }
        authorName = StorableText.truncate(authorName, MAX_NAME_LENGTH);
    }
}
