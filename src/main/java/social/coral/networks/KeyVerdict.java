package social.coral.networks;

/** What a network says of a key. The sentence is for the person who entered it. */
public record KeyVerdict(Verdict verdict, String sentence) {

    /** The key works; the network turned it down; or the network could not be asked. */
    public enum Verdict {
        WORKS,
        REFUSED,
        UNCLEAR
    }
}
