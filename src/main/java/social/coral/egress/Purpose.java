package social.coral.egress;

import java.time.Duration;

/**
 * What an outgoing call is for, and what it may take at most.
 *
 * @param name a short name for logs and figures, such as {@code x-api}
 * @param timeout the longest that the whole call may last, the answer's last byte included
 * @param maxBytes the largest answer, counted after decompression
 */
public record Purpose(String name, Duration timeout, int maxBytes) {}
