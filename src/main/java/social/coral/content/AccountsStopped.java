package social.coral.content;

/** The current tenant paused or removed accounts, so nothing is collected from these any more. */
public record AccountsStopped() {}
