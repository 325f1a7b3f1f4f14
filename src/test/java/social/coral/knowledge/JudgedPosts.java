package social.coral.knowledge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Posts of which was judged what they are about before anything was compared. */
public final class JudgedPosts {

    /**
     * A post.
     *
     * @param topic equal for those that are about the same
     * @param vector as the built-in model makes it
     */
    public record JudgedPost(String name, String topic, String language, String text, float[] vector) {}

    private JudgedPosts() {}

    /** Returns all of them; the model is unpacked into the folder. */
    public static List<JudgedPost> read(Path folder) throws IOException {
        List<JudgedPost> posts = new ArrayList<>();
        try (MiniLm model = new MiniLm(folder, 1, Duration.ofMinutes(5));
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(JudgedPosts.class.getResourceAsStream("posts.tsv")), StandardCharsets.UTF_8))) {
            for (String[] line : lines.lines().map(line -> line.split("\t", -1)).toList()) {
                posts.add(new JudgedPost(line[0], line[0].substring(0, line[0].lastIndexOf('-')), line[1], line[2], model.of(List.of(line[2])).getFirst()));
            }
        }
        return posts;
    }
}
