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

    @ParameterizedTest
    @ValueSource(strings = {"-1", "some", "3000000000"})
    void aLengthThatIsNoneStopsTheStart(String over) {
        assertThatThrownBy(() -> prices("service,model,unit,usd,per,valid_from,source,over\nopenai,a,input_token,1,1,2026-01-01,me," + over + "\n"))
                .isInstanceOf(StartFault.class).hasMessageContaining("line 2");
    }
}
