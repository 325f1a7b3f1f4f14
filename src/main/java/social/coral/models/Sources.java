package social.coral.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the sources of an answer, and keeps the markers in its text true to them. */
final class Sources {

    private static final int MAX_SOURCES = 100;
    private static final Pattern MARKER = Pattern.compile(" ?\\[([0-9]{1,4})]");

    private Sources() {}

    /** Results of searches, each under the number that markers refer to. */
    static List<Source> ofOutput(JsonNode output) {
        Map<Integer, Source> sources = new TreeMap<>();
        output.valueStream().filter(item -> "search_results".equals(Reply.text(item.path("type"))))
                .flatMap(item -> item.path("results").valueStream())
                .filter(result -> result.path("id").isIntegralNumber())
                .forEach(result -> Source.of(Reply.count(result.path("id")), Reply.text(result.path("url")), Reply.text(result.path("title")))
                        .filter(source -> source.number() > 0).ifPresent(source -> sources.putIfAbsent(source.number(), source)));
        return sources.values().stream().limit(MAX_SOURCES).toList();
    }

    /** The list that markers count in is that of the citations, if there is one; the results then add the titles. */
    static List<Source> ofLists(JsonNode body) {
        List<JsonNode> results = body.path("search_results").valueStream().toList();
        Map<String, String> titles = new HashMap<>();
        results.forEach(result -> titles.putIfAbsent(Reply.text(result.path("url")), Reply.text(result.path("title"))));
        List<String> cited = body.path("citations").valueStream().map(Sources::address).toList();
        List<String> urls = cited.isEmpty() ? results.stream().map(Sources::address).toList() : cited;
        List<Source> sources = new ArrayList<>();
        for (int number = 1; number <= Math.min(urls.size(), MAX_SOURCES); number++) {
            String url = urls.get(number - 1);
            Source.of(number, url, titles.get(url)).ifPresent(sources::add);
        }
        return sources;
    }

    private static String address(JsonNode source) {
        return source.isObject() ? Reply.text(source.path("url")) : Reply.text(source);
    }

    /** Returns the text without the markers that lead to none of the sources, whose numbers are added to {@code removed}. */
    static String withTrueMarkers(String text, List<Source> sources, Set<Integer> removed) {
        Set<Integer> known = new HashSet<>();
        sources.forEach(source -> known.add(source.number()));
        return MARKER.matcher(text).replaceAll(marker -> kept(marker, known, removed));
    }

    private static String kept(MatchResult marker, Set<Integer> known, Set<Integer> removed) {
        int number = Integer.parseInt(marker.group(1));
        if (known.contains(number)) {
            return Matcher.quoteReplacement(marker.group());
        }
        removed.add(number);
        return "";
    }
}
