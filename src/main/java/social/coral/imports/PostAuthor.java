package social.coral.imports;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.imports.archive.Place;
import social.coral.networks.NetworkUser;
import social.coral.networks.XLinks;
import social.coral.portability.ImportFault;

/**
 * Who wrote the posts whose rows do not say it: the author that a person typed, otherwise the owner of the archive that they are in,
 * otherwise the one owner that the upload names.
 */
final class PostAuthor {

    private static final int MAX_OWNERS = 100;
    private static final Pattern NAME_BEFORE = Pattern.compile("^[^@]{1,100}\\s\\(?@([A-Za-z0-9_]{1,20})\\)?$");

    private final Remarks remarks;
    private final Set<String> owners = new LinkedHashSet<>();
    private final Set<String> others = new LinkedHashSet<>();
    private @Nullable String typed;
    /** Of the archive that is being read, or of the files beside archives. */
    private Owner present = new Owner();
    private final Owner loose = present;

    private static final class Owner {
        private @Nullable String ofAccount;
        private @Nullable String ofManifest;
    }

    PostAuthor(@Nullable String typed, Remarks remarks) {
        this.typed = typed;
        this.remarks = remarks;
    }

    /** Checks what a person typed: a handle with or without {@code @}, also one of the old ones with 20 characters. */
    static String checked(@Nullable String typed) {
        String name = handle(typed == null ? "" : typed);
        if (name == null) {
            throw Failure.invalid("author", "Enter the author as a handle of up to 15 letters A to Z, digits or _ (an old one has up to 20), with or without @.");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the username that a name, with or without {@code @} or as {@code Name (@username)}, or a link to a profile names; null if it names none. */
    static @Nullable String handle(String written) {
        String name = NAME_BEFORE.matcher(GivenId.trimmed(written)).replaceFirst("$1").replaceFirst("^'?@", "");
        return NetworkUser.isHandle(name) ? name : XLinks.username(name);
    }

    /** Takes the author that a person typed, which takes precedence. */
    void typed(String name) {
        typed = name;
        owners.stream().filter(owner -> !owner.equals(name)).forEach(owner -> remarks.note(Place.of(null), "The author came after the archive of @" + owner
                + " in the upload, so its posts were imported as by @" + owner + "."));
    }

    boolean isTyped() {
        return typed != null;
    }

    /** Takes the owner that an archive's account.js names. */
    void owner(String username) {
        String handle = handle(username);
        if (handle == null) {
            return;
        }
        String name = handle.toLowerCase(Locale.ROOT);
        if (present.ofAccount == null) {
            present.ofAccount = name;
            add(name);
        } else if (!present.ofAccount.equals(name) && typed == null) {
            remarks.note(Place.of(null), "The upload holds the archives of @" + present.ofAccount + " and @" + name + " together. All posts without an author are by @"
                    + present.ofAccount + ". Send each archive by itself.");
        }
    }

    /** Takes the owner that a manifest names, for an archive that lacks its account.js. */
    void ownerOfManifest(String username) {
        String name = handle(username);
        present.ofManifest = name == null ? present.ofManifest : name.toLowerCase(Locale.ROOT);
    }

    private void add(String name) {
        if (owners.size() < MAX_OWNERS && owners.add(name) && typed != null && !typed.equals(name)) {
            others.add(name);
        }
    }

    /** Notes that the upload holds archives of others than the author that a person typed; says once how their posts were attributed. */
    void noteIfOther(long imported) {
        String archives = others.stream().map(name -> "@" + name + "'s").collect(Collectors.joining(" and "));
        long kept = others.isEmpty() ? 0 : remarks.take(Remarks.Kind.OTHER_AUTHOR);
        if (!others.isEmpty()) {
            remarks.note(Place.of(null), "You entered @" + typed + ", but this archive is " + archives + "."
                    + (imported == 0 ? "" : " Its new posts are shown as posts by @" + typed + ". To change that, use Change author under Past imports.")
                    + (kept == 0 ? "" : " " + ImportFault.count(kept, "post") + " already here under another author " + (kept == 1 ? "stays as it is." : "stay as they are.")));
        }
        others.clear();
    }

    void archiveBegins() {
        present = new Owner();
    }

    /** Settles on the owner that the archive's manifest names, if nothing else did. */
    void archiveRead() {
        if (present.ofAccount == null && present.ofManifest != null) {
            present.ofAccount = present.ofManifest;
            add(present.ofManifest);
        }
    }

    /** Returns to the files beside archives. */
    void archiveEnds() {
        present = loose;
    }

    /** Settles on the author of all that is left: the owner that the upload names, if it is one. */
    void uploadEnds() {
        present = loose;
        archiveRead();
        if (present.ofAccount == null && owners.size() == 1) {
            present.ofAccount = owners.iterator().next();
        }
    }

    /** Notes that it is not known to which of several archives these posts belong. */
    void noteIfUnknown() {
        if (known() == null && owners.size() > 1) {
            remarks.note(Place.of(null), "The upload holds the archives of " + owners.stream().map(name -> "@" + name).collect(Collectors.joining(", "))
                    + ". Files that name no author were not imported: send them by themselves, with the author.");
        }
    }

    /** Returns the author, as far as it is known. */
    @Nullable String known() {
        return typed == null ? present.ofAccount : typed;
    }
}
