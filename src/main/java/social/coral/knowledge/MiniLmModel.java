package social.coral.knowledge;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The loaded all-MiniLM-L6-v2, quantized. */
final class MiniLmModel implements AutoCloseable {

    static final String NAME = "all-MiniLM-L6-v2";
    static final int WIDTH = 384;

    private static final String MODEL = "all-minilm-l6-v2-q.onnx";
    private static final String VOCABULARY = "all-minilm-l6-v2-q-tokenizer.json";
    private static final String LIBRARIES = "ai/onnxruntime/native/";
    /** Where the library looks for the rest of itself, instead of unpacking it to the system's temporary folder. */
    private static final String LIBRARY_FOLDER = "onnxruntime.native.path";
    /** The most that the model was made for; what {@link Pieces} cuts is shorter. */
    private static final int MAX_TOKENS = 512;

    private final WordPieces pieces;
    private final OrtSession session;

    private MiniLmModel(WordPieces pieces, OrtSession session) {
        this.pieces = pieces;
        this.session = session;
    }

    /**
     * Loads the model, which unpacks files to a folder that must allow running what is in it. {@link EmbeddingsFault} where it cannot be
     * loaded, such as on a platform without a library.
     */
    static MiniLmModel load(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String library : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
                String file = System.mapLibraryName(library);
                unpack(LIBRARIES + platform() + "/" + file, folder.resolve(file));
            }
            unpack(MODEL, folder.resolve(MODEL));
            System.setProperty(LIBRARY_FOLDER, folder.toString());
            return new MiniLmModel(new WordPieces(vocabulary()), session(folder.resolve(MODEL)));
        } catch (IOException | OrtException | LinkageError | RuntimeException e) {
            throw new EmbeddingsFault("The model that finds texts by meaning cannot be loaded (" + e + ").", e);
        }
    }

    private static String platform() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        return (System.getProperty("os.name").startsWith("Mac") ? "osx-" : "linux-") + (arm ? "aarch64" : "x64");
    }

    private static void unpack(String name, Path file) throws IOException {
        try (InputStream packed = resource(name)) {
            if (Files.notExists(file)) {
                Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "unpacking", null);
                Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream found = MiniLmModel.class.getClassLoader().getResourceAsStream(name);
        if (found == null) {
            throw new IOException(name + " is not in this build");
        }
        return found;
    }

    static Map<String, Integer> vocabulary() throws IOException {
        JsonMapper json = JsonMapper.shared();
        try (InputStream packed = resource(VOCABULARY)) {
            JsonNode vocabulary = json.readTree(packed).path("model").path("vocab");
            return Map.copyOf(json.convertValue(vocabulary, new TypeReference<Map<String, Integer>>() {}));
        }
    }

    private static OrtSession session(Path model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // The threads are the caller's. What a run takes is given back, so that an idle model takes little.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            return OrtEnvironment.getEnvironment().createSession(model.toString(), options);
        }
    }

    /**
     * The vector of a text. Each text is run alone: how finely the quantized model computes depends on all texts that it gets at once, and
     * a text must have the same vector in whatever company.
     */
    float[] vector(String text) {
        long[][] ids = {pieces.ids(text, MAX_TOKENS)};
        long[][] all = {new long[ids[0].length]};
        long[][] first = {new long[ids[0].length]};
        Arrays.fill(all[0], 1);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor input = OnnxTensor.createTensor(environment, ids);
                OnnxTensor mask = OnnxTensor.createTensor(environment, all);
                OnnxTensor types = OnnxTensor.createTensor(environment, first);
                OrtSession.Result result = session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            return mean(((float[][][]) Objects.requireNonNull(result.get(0).getValue()))[0]);
        } catch (OrtException e) {
            throw new EmbeddingsFault("A text could not be turned into a vector (" + e + ").", e);
        }
    }

    /** How much of a text is in whole words of the vocabulary, which is English. */
    double known(String text) {
        return pieces.known(text);
    }

    /** The mean of the vectors of a text's pieces, brought to length 1. */
    private static float[] mean(float[][] pieces) {
        double[] sum = new double[WIDTH];
        for (float[] piece : pieces) {
            for (int i = 0; i < WIDTH; i++) {
                sum[i] += piece[i];
            }
        }
        double length = Math.sqrt(Arrays.stream(sum).map(number -> number * number).sum());
        float[] mean = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            mean[i] = (float) (sum[i] / length);
        }
        return mean;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the model could not be released", e);
        }
    }
}
