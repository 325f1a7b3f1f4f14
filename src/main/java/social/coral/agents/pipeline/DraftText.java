package social.coral.agents.pipeline;

import com.twitter.twittertext.Extractor.Entity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    /** It gives a link to words elsewhere in Markdown, however its address is written. */
    private static final Pattern DEFINITION = Pattern.compile("(?m)^ {0,3}\\[[^\\[\\]\\n]{1,500}]:[ \\t]{0,20}\\n?[ \\t]{0,20}\\S{1,3000}(?:[ \\t]+[\"'(][^\\n]{0,500})?[ \\t]*$");
    /** Other forms of a marker. */
    private static final Pattern BRACKETED = Pattern.compile("\\[\\[([0-9]{1,3})]](?!\\()|【([0-9]{1,3})[^】]{0,60}】");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(?:, ?\\d{1,3})*+");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z!][^<>]{0,2000}>");

    private DraftText() {}

    static String keptTo(List<TextSource> sources, String text) {
        return keptTo(sources, Set.of(), text);
    }

    /** @param own links that may stay besides, because a person put them there */
    static String keptTo(List<TextSource> sources, Set<String> own, String text) {
        Set<Integer> numbers = sources.stream().map(TextSource::number).collect(Collectors.toSet());
        Set<String> urls = sources.stream().map(TextSource::url).filter(url -> !url.isEmpty()).collect(Collectors.toCollection(HashSet::new));
        urls.addAll(own);
        Set<String> names = names(sources);
        String plain = BRACKETED.matcher(DEFINITION.matcher(TAG.matcher(text).replaceAll("")).replaceAll("")).replaceAll("[$1$2]");
        String linked = NAMED_LINK.matcher(plain).replaceAll(link -> Matcher.quoteReplacement(linked(link, urls)));
        String addressed = ADDRESS.matcher(linked).replaceAll(address -> urls.contains(address.group()) ? Matcher.quoteReplacement(address.group()) : "");
        String marked = MARKER.matcher(addressed).replaceAll(marker -> rewritten(marker, cited -> cited.filter(number -> numbers.contains(Integer.valueOf(number)))));
        StringBuilder kept = new StringBuilder();
        int from = 0;
        for (Entity entity : PostEntities.in(marked)) {
            String value = marked.substring(entity.getStart(), entity.getEnd());
            kept.append(marked, from, entity.getStart());
            kept.append(switch (entity.getType()) {
                case URL -> urls.contains(value) || isName(value) ? value : "";
                case MENTION -> names.contains(entity.getValue().toLowerCase(Locale.ROOT)) ? value : entity.getValue();
                default -> value;
            });
            from = entity.getEnd();
        }
        return kept.append(marked, from, marked.length()).toString().strip();
    }

    /** The words of a link to anywhere else. A number is the marker of a source. */
    private static String linked(MatchResult link, Set<String> urls) {
        if (urls.contains(link.group(2)) && !link.group().startsWith("!")) {
            return link.group();
        }
        return NUMBER.matcher(link.group(1)).matches() ? "[" + link.group(1) + "]" : link.group(1);
    }

    /** A bare host may be a name in a sentence. It stays, and is marked as a link that is no source's. */
    private static boolean isName(String link) {
        return link.indexOf('/') < 0 && link.indexOf('?') < 0 && !link.regionMatches(true, 0, "www.", 0, 4);
    }

    /** Who the sources are by. */
    private static Set<String> names(List<TextSource> sources) {
        return sources.stream().flatMap(source -> source.author().stream()).map(author -> author.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** A marker with other numbers; nothing where none is left. */
    private static String rewritten(MatchResult marker, UnaryOperator<Stream<String>> numbers) {
        String left = numbers.apply(Arrays.stream(marker.group(1).split(", ?"))).collect(Collectors.joining(", "));
        return left.isEmpty() ? "" : (marker.group().startsWith(" ") ? " [" : "[") + left + "]";
    }

    /** Returns a text whose markers have the new number of each source; a marker of a source without one goes. */
    static String renumbered(String text, Map<Integer, Integer> numbers) {
        return MARKER.matcher(text).replaceAll(marker -> rewritten(marker,
                cited -> cited.map(Integer::valueOf).map(numbers::get).filter(Objects::nonNull).map(String::valueOf).distinct()));
    }

    /** Returns the links of a text. */
    static Set<String> links(String text) {
        return PostEntities.in(text).stream().filter(entity -> entity.getType() == Entity.Type.URL).map(entity -> text.substring(entity.getStart(), entity.getEnd()))
                .collect(Collectors.toSet());
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
}
