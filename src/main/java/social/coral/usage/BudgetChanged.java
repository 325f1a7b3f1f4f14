package social.coral.usage;

/** Published for the current tenant when a limit of its own was changed and calls are made: what waits for a budget may have room now. */
public record BudgetChanged() {}
