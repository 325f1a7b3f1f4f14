package social.coral.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the vectors of an answer. They stand there in any order, each with the number of its text. */
final class EmbeddingData {

    private EmbeddingData() {}

    /** Returns one vector for each text; empty unless all of them are there once, with this width, and with a direction. */
    static Optional<List<float[]>> vectors(JsonNode data, int texts, int width) {
        if (data.size() != texts) {
            return Optional.empty();
        }
        float[][] vectors = new float[texts][];
        for (JsonNode each : data) {
            JsonNode index = each.path("index");
            float[] numbers = index.isIntegralNumber() ? numbers(each.path("embedding"), width) : null;
            long place = index.asLong(-1);
            if (numbers == null || place < 0 || place >= texts || vectors[(int) place] != null || !normalize(numbers)) {
                return Optional.empty();
            }
            vectors[(int) place] = numbers;
        }
        return Optional.of(List.of(vectors));
    }

    /** In four bytes each, as they were asked for, or written out by a server that knows nothing else. */
    private static float @Nullable [] numbers(JsonNode embedding, int width) {
        if (embedding.isString()) {
            try {
                byte[] bytes = Base64.getDecoder().decode(embedding.stringValue());
                float[] numbers = new float[width];
                if (bytes.length == width * Float.BYTES) {
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
                    return numbers;
                }
            } catch (IllegalArgumentException e) {
                // Not base64.
            }
            return null;
        }
        if (!embedding.isArray() || embedding.size() != width || !embedding.valueStream().allMatch(JsonNode::isNumber)) {
            return null;
        }
        float[] numbers = new float[width];
        for (int i = 0; i < width; i++) {
            numbers[i] = (float) embedding.path(i).asDouble();
        }
        return numbers;
    }

    /** Returns whether the numbers have a length other than nothing, and none is infinite or no number. */
    private static boolean normalize(float[] numbers) {
        double square = 0;
        for (float number : numbers) {
            square += (double) number * number;
        }
        double length = Math.sqrt(square);
        if (!Double.isFinite(length) || length == 0) {
            return false;
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (numbers[i] / length);
        }
        return true;
    }
}
