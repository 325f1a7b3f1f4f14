package social.coral.vault;

/** Calls of a service can be made again: the current tenant saved a key for it, or the service accepted a key whose calls were paused. */
public record CallsResumed(ServiceName service) {}
