package social.coral.agents;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param postsPerAccount the most posts that one run reads of one account */
@Validated
@ConfigurationProperties("coral.agents")
public record AgentSettings(@DefaultValue("100") @Min(5) @Max(3200) int postsPerAccount) {}
