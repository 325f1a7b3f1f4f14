package social.coral.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the sources of an answer, and keeps the markers in its text true to them. */
final class Sources {

    private static final int MAX_SOURCES = 100;
    /**
     * Code, in which nothing is a marker; or a marker: {@code [1]}, {@code [1, 2]}, {@code [web:1]}, {@code 【1】}, {@code [1](https://…)}.
     */
    private static final Pattern MARKER = Pattern.compile("```.*?(?:```|\\z)|`[^`\n]*`"
            + "| ?(?:\\[(?<list>[0-9]{1,3}(?:, ?[0-9]{1,3}){0,20})]|\\[web:(?<web>[0-9]{1,3})]|【(?<wide>[0-9]{1,3})[^】\n]{0,40}】)(?:\\(https?://[^\\s()]{1,2000}\\))?",
            Pattern.DOTALL);

    private Sources() {}

    /** Results of searches, each under the number that markers refer to. */
    static List<Source> ofOutput(JsonNode output) {
        Map<Integer, Source> sources = new TreeMap<>();
        output.valueStream().filter(item -> "search_results".equals(Reply.text(item.path("type"))))
                .flatMap(item -> item.path("results").valueStream())
                .forEach(result -> Source.of(number(result.path("id")), Reply.text(result.path("url")), Reply.text(result.path("title")))
                        .filter(source -> source.number() > 0).ifPresent(source -> sources.putIfAbsent(source.number(), source)));
        return sources.values().stream().limit(MAX_SOURCES).toList();
    }

    /** Returns the number of a result; 0 if it has none. */
    private static int number(JsonNode id) {
        return id.isIntegralNumber() ? Reply.count(id) : Reply.text(id).matches("[0-9]{1,4}") ? Integer.parseInt(Reply.text(id)) : 0;
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

    /** Numbers that no list of sources has, such as those of a year, are no markers. */
    private static String kept(MatchResult marker, Set<Integer> known, Set<Integer> removed) {
        String numbers = Stream.of("list", "web", "wide").map(marker::group).filter(Objects::nonNull).findFirst().orElse("");
        List<Integer> all = Arrays.stream(numbers.split(", ?")).filter(number -> !number.isEmpty()).map(Integer::valueOf).toList();
        if (all.isEmpty() || all.stream().anyMatch(number -> number < 1 || number > MAX_SOURCES)) {
            return Matcher.quoteReplacement(marker.group());
        }
        List<Integer> kept = all.stream().filter(known::contains).toList();
        all.stream().filter(number -> !known.contains(number)).forEach(removed::add);
        return kept.isEmpty() ? "" : (marker.group().startsWith(" ") ? " [" : "[") + kept.stream().map(String::valueOf).collect(Collectors.joining(", ")) + "]";
    }
}
