package social.coral.agents;

import java.util.Set;
import social.coral.vault.ServiceName;

/**
 * What an agent tells of itself.
 *
 * @param name its name in the API and in addresses, in lower case with hyphens
 * @param title what a person calls it
 * @param description what it does, in a sentence
 * @param needs the keys without which it cannot work
 */
public record AgentDescription(String name, String title, String description, Set<ServiceName> needs) {}
