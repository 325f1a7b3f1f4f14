package social.coral.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

class JsonTimeTest {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new SimpleModule().addSerializer(new JsonTime())).build();

    @Test
    void anInstantIsWrittenAsTheLanguageWritesIt() {
        Random random = new Random(7);
        Stream<Instant> edges = Stream.of("1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "2199-12-31T23:59:59.999999Z", "2200-01-01T00:00:00Z",
                "2024-02-29T12:00:00.1Z", "2024-02-29T12:00:00.000001Z", "2024-02-29T12:00:00.000000001Z", "+12345-01-01T00:00:00Z").map(Instant::parse);
        Stream<Instant> others = Stream.generate(() -> Instant.ofEpochSecond(random.nextLong(0, 7_258_118_400L), random.nextInt(1_000_000) * 1_000L)).limit(10_000);

        assertThat(Stream.concat(edges, others)).allSatisfy(time -> assertThat(JSON.writeValueAsString(time)).isEqualTo('"' + time.toString() + '"'));
    }
}
