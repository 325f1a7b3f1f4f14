package social.coral.agents.pipeline;

import com.twitter.twittertext.Extractor.Entity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import social.coral.content.PostEntities;
import social.coral.content.TextSource;

/**
 * Keeps a draft to its sources: whatever a model or a post says, markers lead to sources that are there, links are those of sources, and
 * nobody is addressed who is not named in one.
 */
final class DraftText {

    private static final Pattern MARKER = Pattern.compile(" ?\\[([0-9]{1,3}(?:, ?[0-9]{1,3})*+)](?!\\()");
    private static final Pattern NAMED_LINK = Pattern.compile("!?\\[([^\\[\\]]{0,500})]\\(((?:[^()\\s]|\\([^()\\s]{0,200}\\)){0,2000}+)[^()]{0,300}\\)");
    /** An address of any kind, whether or not its host can be one on the web. */
    private static final Pattern ADDRESS = Pattern.compile("(?i)[a-z][a-z0-9+.-]{1,20}://[^\\s<>()\\[\\]\"\u201c\u201d]*[^\\s<>()\\[\\]\"\u201c\u201d.,;:!?]");
    private static final Pattern NAME = Pattern.compile("@[A-Za-z0-9_]{1,15}");
    private static final Pattern MARKUP = Pattern.compile("(?m)^(?:\\s*(?:#{1,6}|>|[-*+]|[0-9]{1,2}\\.)\\s+)++|[*_`]{1,3}(?=\\S)|(?<=\\S)[*_`]{1,3}");
    private static final Pattern TAG = Pattern.compile("<[^<>]{0,2000}>");

    private DraftText() {}

    static String keptTo(List<TextSource> sources, String text) {
        Set<Integer> numbers = sources.stream().map(TextSource::number).collect(Collectors.toSet());
        Set<String> urls = sources.stream().map(TextSource::url).filter(url -> !url.isEmpty()).collect(Collectors.toCollection(HashSet::new));
        Set<String> names = names(sources);
        String plain = TAG.matcher(text).replaceAll("");
        String linked = NAMED_LINK.matcher(plain).replaceAll(link -> Matcher.quoteReplacement(urls.contains(link.group(2)) && !link.group().startsWith("!") ? link.group() : link.group(1)));
        String addressed = ADDRESS.matcher(linked).replaceAll(address -> urls.contains(address.group()) ? Matcher.quoteReplacement(address.group()) : "");
        String marked = MARKER.matcher(addressed).replaceAll(marker -> marker(marker, numbers));
        StringBuilder kept = new StringBuilder();
        int from = 0;
        for (Entity entity : PostEntities.in(marked)) {
            String value = marked.substring(entity.getStart(), entity.getEnd());
            kept.append(marked, from, entity.getStart());
            kept.append(switch (entity.getType()) {
                case URL -> urls.contains(value) ? value : "";
                case MENTION -> names.contains(entity.getValue().toLowerCase(Locale.ROOT)) ? value : entity.getValue();
                default -> value;
            });
            from = entity.getEnd();
        }
        return kept.append(marked, from, marked.length()).toString().strip();
    }

    /** Who the sources are by. Whom another title names, its author wants named. */
    private static Set<String> names(List<TextSource> sources) {
        return sources.stream().map(source -> source.title().strip()).filter(title -> NAME.matcher(title).matches())
                .map(title -> title.substring(1).toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static String marker(MatchResult marker, Set<Integer> numbers) {
        String kept = Arrays.stream(marker.group(1).split(", ?")).filter(number -> numbers.contains(Integer.valueOf(number))).collect(Collectors.joining(", "));
        return kept.isEmpty() ? "" : (marker.group().startsWith(" ") ? " [" : "[") + kept + "]";
    }

    /** Returns the numbers of the sources that a text refers to. */
    static Set<Integer> cited(String text) {
        Set<Integer> cited = new HashSet<>();
        MARKER.matcher(text).results().forEach(marker -> Arrays.stream(marker.group(1).split(", ?")).map(Integer::valueOf).forEach(cited::add));
        return cited;
    }

    static String withoutMarkers(String text) {
        return MARKER.matcher(text).replaceAll("");
    }

    /** Returns the paragraphs of a text in Markdown as plain text. */
    static List<String> paragraphs(String markdown) {
        List<String> paragraphs = new ArrayList<>();
        for (String paragraph : markdown.split("\\R")) {
            String plain = MARKUP.matcher(NAMED_LINK.matcher(paragraph).replaceAll("$1")).replaceAll("").strip();
            if (!plain.isEmpty()) {
                paragraphs.add(plain);
            }
        }
        return paragraphs;
    }
}
