package social.coral.erasure;

import java.time.Instant;

/** The current tenant requested an erasure. Published before the response, so that listeners stop their work for the tenant. */
public record ErasureAsked(Instant due) {}
