package social.coral.installation;

import java.util.List;

/** The place where the master keys are kept. Its methods throw {@link StartFault} with the remedy. */
interface KeySource {

    /** Returns all keys, the newest first; at least one. */
    List<byte[]> read();

    /** Creates a new key, which becomes the newest. */
    void add();

    /** Permanently deletes all keys but those with these ids. */
    void keepOnly(List<String> ids);

    /** Describes the place to an operator. */
    String location();
}
