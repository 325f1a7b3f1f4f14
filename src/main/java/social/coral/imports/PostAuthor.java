package social.coral.imports;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.imports.archive.Place;
import social.coral.networks.NetworkUser;
import social.coral.networks.XLinks;

/** Whose the posts are whose rows do not say it: the author's that a person typed, otherwise the archive's owner's. */
final class PostAuthor {

    private final Remarks remarks;
    private @Nullable String typed;
    private @Nullable String owner;
    private boolean settled;

    PostAuthor(@Nullable String typed, Remarks remarks) {
        this.typed = typed;
        this.remarks = remarks;
    }

    /** Checks what a person typed: a handle with or without {@code @}, also one of the old ones with 20 characters. */
    static String checked(@Nullable String typed) {
        String name = handle(typed == null ? "" : typed);
        if (name == null) {
            throw Failure.invalid("author", "Enter the author as a username of up to 20 letters A to Z, digits or _, with or without @.");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the username that a name, with or without {@code @}, or a link to a profile stands for; null if it is neither. */
    static @Nullable String handle(String written) {
        String name = ImportedPost.trimmed(written).replaceFirst("^@", "");
        return NetworkUser.isHandle(name) ? name : XLinks.username(name);
    }

    /** Takes the author that a person typed, which takes precedence. */
    void typed(String name) {
        typed = name;
    }

    /** Takes the owner that an archive names. Of two archives that came apart, each has its own. */
    void owner(String username) {
        String handle = handle(username);
        if (typed != null || handle == null) {
            return;
        }
        String name = handle.toLowerCase(Locale.ROOT);
        if (owner == null) {
            owner = name;
        } else if (!owner.equals(name)) {
            remarks.note(Place.of(null), "The upload holds the archives of @" + owner + " and @" + name + " together. All posts without an author are by @"
                    + owner + ". Send each archive by itself.");
        }
    }

    /** Forgets the owner of the archive before, if its posts have been settled. */
    void archiveBegins() {
        owner = settled ? null : owner;
        settled = false;
    }

    /** Reports whether the posts of the archive that has just ended can be settled as its owner's, and takes it that they are. */
    boolean settlesArchive() {
        settled = typed == null && owner != null;
        return settled;
    }

    /** Returns the author, as far as it is known. */
    @Nullable String known() {
        return typed == null ? owner : typed;
    }
}
