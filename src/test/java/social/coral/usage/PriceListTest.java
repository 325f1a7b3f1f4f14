package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.installation.StartFault;

class PriceListTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String HEADER = "service,model,unit,usd,per,valid_from,source\n";

    @TempDir
    Path data;

    private PriceList prices(String own) throws IOException {
        Path file = data.resolve(PriceList.FILE);
        Files.writeString(file, own);
        return PriceList.of(file);
    }

    private static PriceList.Cost cost(PriceList prices, String service, String model, int input, int output) {
        return prices.cost(new Call(service, "POST /", model, ""), new Amount(0, input, 0, output, 0), NOW);
    }

    @Test
    void aLongPromptCostsMoreForTheWholeCall() throws IOException {
        PriceList prices = prices(HEADER);
        assertThat(cost(prices, "openai", "gpt-6.2-sol", 272_000, 1000).microUsd()).isEqualTo(544_000 + 10_000);
        assertThat(cost(prices, "openai", "gpt-6.2-sol", 272_001, 1000).microUsd()).isEqualTo(1_088_004 + 15_000);
    }

    @Test
    void thePriceOfADayHoldsUntilALaterOne() throws IOException {
        Call call = new Call("openai", "POST /", "gpt-5.6-luna", "");
        Amount million = new Amount(0, 200_000, 0, 0, 0);
        PriceList prices = prices(HEADER);
        assertThat(prices.cost(call, million, Instant.parse("2026-07-29T23:59:59Z")).microUsd()).isEqualTo(200_000);
        assertThat(prices.cost(call, million, Instant.parse("2026-07-30T00:00:00Z")).microUsd()).isEqualTo(40_000);
    }

    @Test
    void theOperatorsPriceHoldsForLongPromptsToo() throws IOException {
        PriceList prices = prices(HEADER + "openai,gpt-6.2-sol,input_token,1,1000000,2026-01-01,contract\n");
        assertThat(cost(prices, "openai", "gpt-6.2-sol", 300_000, 0).microUsd()).isEqualTo(300_000);
    }

    @Test
    void aModelWithoutAPriceCostsTheDearestOfItsProviderAndIsMarked() throws IOException {
        PriceList.Cost cost = cost(prices(HEADER), "openai", "gpt-9", 1000, 1000);
        assertThat(cost.microUsd()).isEqualTo(30_000 + 180_000);
        assertThat(cost.isAssumed()).isTrue();
    }

    @Test
    void aServerOfTheOperatorsOwnIsFreeUnlessTheOperatorSetsAPrice() throws IOException {
        assertThat(cost(prices(HEADER), "own_server", "llama3.2", 9000, 900)).isEqualTo(new PriceList.Cost(0, "own_server/llama3.2@2026-01-01"));
        PriceList priced = prices(HEADER + "own_server,big,input_token,2,1000000,2026-01-01,power\nown_server,big,output_token,4,1000000,2026-01-01,power\n");
        assertThat(cost(priced, "own_server", "big", 1000, 1000).microUsd()).isEqualTo(6000);
        assertThat(cost(priced, "own_server", "llama3.2", 1000, 1000).microUsd()).isZero();
    }

    @Test
    void whatTheCacheHeldCostsLess() throws IOException {
        PriceList.Cost cost = prices(HEADER).cost(new Call("anthropic", "POST /", "claude-opus-5", ""), new Amount(0, 1000, 800, 0, 0), NOW);
        assertThat(cost.microUsd()).isEqualTo(1000 + 400);
    }

    @Test
    void aModelWithAPriceInPartCostsTheDearestForTheRestAndIsMarked() throws IOException {
        PriceList.Cost cost = cost(prices(HEADER + "openai,gpt-9,input_token,1,1000000,2026-01-01,mine\n"), "openai", "gpt-9", 1000, 1000);
        assertThat(cost.microUsd()).isEqualTo(1000 + 180_000);
        assertThat(cost.isAssumed()).isTrue();
        cost = cost(prices(HEADER + "openai,gpt-9,output_token,1,1000000,2026-01-01,mine\n"), "openai", "gpt-9", 1000, 1000);
        assertThat(cost.microUsd()).isEqualTo(30_000 + 1000);
        assertThat(cost(prices(HEADER + "openai,gpt-9,cached_input_token,1,1000000,2026-01-01,mine\n"), "openai", "gpt-9", 1000, 1000).microUsd()).isEqualTo(210_000);
    }

    @Test
    void whatAProviderSaysThatACallCostGoesBeforeAnAssumptionAndIsNeverUndercut() throws IOException {
        PriceList prices = prices(HEADER);
        Call priced = new Call("perplexity", "POST /", "perplexity/sonar", "search_request");
        Call unpriced = new Call("perplexity", "POST /", "xai/grok-9", "search_request");
        Amount used = new Amount(0, 1000, 0, 1000, 0);
        assertThat(prices.cost(priced, used.costing(9000), NOW)).isEqualTo(new PriceList.Cost(9000, "said:perplexity/perplexity/sonar@2026-09-27"));
        assertThat(prices.cost(priced, used.costing(10), NOW)).isEqualTo(prices.cost(priced, used, NOW));
        assertThat(prices.cost(unpriced, used, NOW).isAssumed()).isTrue();
        assertThat(prices.cost(unpriced, used.costing(10), NOW)).matches(cost -> cost.microUsd() == 10 && !cost.isAssumed());
    }

    @Test
    void aModelThatAnotherServiceSellsIsAssumedToCostNoLessThanAtItsMaker() throws IOException {
        PriceList.Cost cost = prices(HEADER).cost(new Call("perplexity", "POST /", "anthropic/claude-opus-4-8", "search_request"), new Amount(0, 1000, 0, 1000, 0), NOW);
        assertThat(cost.microUsd()).isEqualTo(30_000);
        assertThat(cost.isAssumed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "openai,gpt-5,input_tokens,9,1000000,2026-01-01,mine | no unit \"input_tokens\" of openai",
        "OpenAI,gpt-5,input_token,9,1000000,2026-01-01,mine | no service \"OpenAI\"",
        "twitter,,post,0.001,1,2026-01-01,mine | no service \"twitter\"",
        "x,v2,post,0.001,1,2026-01-01,mine | x has no models",
        "x,post,,0.001,1,2026-01-01,mine | no unit \"\" of x",
        "openai,gpt 5,input_token,9,1000000,2026-01-01,mine | cannot be the name of a model",
        "openai,gpt-5,input_token,nine,1000000,2026-01-01,mine | usd is \"nine\"",
        "openai,gpt-5,input_token,\"0,25\",1000000,2026-01-01,mine | usd is \"0,25\"",
        "openai,gpt-5,input_token,0,25,1000000,2026-01-01,mine | It has 8 cells",
        "openai,gpt-5,input_token,-9,1000000,2026-01-01,mine | usd is \"-9\"",
        "openai,gpt-5,input_token,9,1M,2026-01-01,mine | per is \"1M\"",
        "openai,gpt-5,input_token,9,0,2026-01-01,mine | per is \"0\"",
        "openai,gpt-5,input_token,9,1000000,2026-02-30,mine | valid_from is \"2026-02-30\"",
        "openai,gpt-5,input_token,9,1000000 | It has 5 cells",
        "openai;gpt-5;input_token;9;1000000;2026-01-01;mine | It has 1 cells",
        "openai,gpt-5,input_token,\"9,1000000,2026-01-01,mine | quotation mark is not closed",
        "\"openai\"x,gpt-5,input_token,9,1000000,2026-01-01,mine | quotation mark is not closed",
        "openai,gpt-5,output_token,1,1000000,2026-01-01,again | sets the price of openai gpt-5 output_token from the same day",
    })
    void aLineThatCannotBeReadOrNeverAppliesStopsTheStart(String line, String reason) {
        String before = HEADER + "openai,gpt-5,output_token,9,1000000,2026-01-01,mine\n";
        assertThatThrownBy(() -> prices(before + line + "\n")).isInstanceOf(StartFault.class).hasMessageContaining("line 3: ").hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "openai,gpt-5,input_token,9,1000000,2026-01-01,mine\n",
        "service;model;unit;usd;per;valid_from;source\nopenai;gpt-5;input_token;9;1000000;2026-01-01;mine\n",
        "service,model,unit,usd,usd,valid_from,source\nopenai,gpt-5,input_token,9,1,2026-01-01,x\n",
        "service,model,unit,usd,per,valid_from,source,\nopenai,gpt-5,input_token,9,1,2026-01-01,x,\n",
        "\"service\n",
    })
    void aFileWithoutItsFirstLineStopsTheStart(String file) {
        assertThatThrownBy(() -> prices(file)).isInstanceOf(StartFault.class).hasMessageContaining("line 1: ");
    }

    @Test
    void theMarkThatSpreadsheetsBeginAFileWithIsNoPartOfIt() throws IOException {
        assertThat(cost(prices("\uFEFF" + HEADER + "openai,gpt-5,input_token,9,1000000,2026-01-01,mine\n"), "openai", "gpt-5", 1000, 0).microUsd()).isEqualTo(9000);
        assertThat(prices("").services()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "some", "3000000000"})
    void aLengthThatIsNoneStopsTheStart(String over) {
        assertThatThrownBy(() -> prices("service,model,unit,usd,per,valid_from,source,over\nopenai,a,input_token,1,1,2026-01-01,me," + over + "\n"))
                .isInstanceOf(StartFault.class).hasMessageContaining("line 2");
    }
}
