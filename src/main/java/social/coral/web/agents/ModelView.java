package social.coral.web.agents;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentCard;
import social.coral.web.frame.Form;
import social.coral.web.frame.Option;

/**
 * The form of an agent's model.
 *
 * @param providers those that can be chosen
 * @param offered the models that the chosen provider lists; empty if it gave no list
 * @param help about the model's name
 * @param aboutTemperature whether the model takes one
 * @param aboutTrial what a sample costs
 * @param trial a sample; null before the first
 */
public record ModelView(AgentCard agent, Form fields, List<Option> providers, List<String> offered, String help, String aboutTemperature,
        String aboutTrial, @Nullable TrialView trial) {}
