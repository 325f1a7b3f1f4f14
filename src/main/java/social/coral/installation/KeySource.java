package social.coral.installation;

import java.util.List;

/** Where the master keys of this installation are kept. What it cannot give is a {@link StartFault} with the remedy. */
interface KeySource {

    /** All keys that are there now, the newest first; at least one. */
    List<byte[]> read();

    /** Makes a new key, which is the newest from now on. */
    void add();

    /** Keeps only the keys that these names belong to; the others are gone for good. */
    void keepOnly(List<String> ids);

    /** Where it is, as an operator knows it. */
    String place();
}
