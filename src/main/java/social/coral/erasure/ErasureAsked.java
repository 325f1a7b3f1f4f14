package social.coral.erasure;

import java.time.Instant;

/** The tenant at work has asked for everything of theirs to be erased; what is done for them is to end. Told before the answer. */
public record ErasureAsked(Instant due) {}
