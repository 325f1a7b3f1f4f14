package social.coral.agents;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import social.coral.installation.DiskSpace;
import social.coral.knowledge.KnowledgeSearch;
import social.coral.knowledge.Notes;
import social.coral.knowledge.TextFeatures;
import social.coral.models.SourceChecks;
import social.coral.services.Service;
import social.coral.usage.Meter;
import social.coral.vault.ApiKeys;
import tools.jackson.databind.json.JsonMapper;

/** What runs are made of; each part acts for the tenant of the running work. */
@Component
record RunTools(
        RunLedger ledger,
        StepLedger steps,
        AgentLogs logs,
        TenantData data,
        Notes notes,
        KnowledgeSearch search,
        TextFeatures features,
        ApiKeys keys,
        List<Service<?>> services,
        SourceChecks pages,
        ChainedStarts chains,
        ModelChoices models,
        RunLimitChoices limits,
        Meter meter,
        Clock clock,
        DiskSpace disk,
        JsonMapper json) {}
