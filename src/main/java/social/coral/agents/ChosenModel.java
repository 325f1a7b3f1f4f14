package social.coral.agents;

import social.coral.vault.ServiceName;

/**
 * The model that an agent uses.
 *
 * @param choice what the person chose
 * @param provider whose key is used, chosen or by default
 * @param providerTitle its name for people
 * @param model its model, chosen or by default
 */
public record ChosenModel(ModelChoice choice, ServiceName provider, String providerTitle, String model) {}
