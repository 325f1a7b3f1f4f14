package social.coral.web.agents;

import social.coral.agents.AgentCard;

/** The form of an agent's schedule. */
public record ScheduleView(AgentCard agent, ScheduleForm form) {}
