package social.coral.identity;

/** Says, for a room that rests on the profile, whether a change of it can be made. */
public interface ProfileCheck {

    /**
     * Throws a failure that says what stands against the change. It is asked in the transaction of the change, with the profile locked.
     *
     * @param longPosts whether long posts can be published afterwards
     */
    void mayChange(Profile before, boolean longPosts);
}
