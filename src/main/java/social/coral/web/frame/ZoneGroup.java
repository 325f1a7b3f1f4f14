package social.coral.web.frame;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The time zones of one part of the world, to choose from. */
public record ZoneGroup(String region, List<Zone> zones) {

    /** A zone with the distance from UTC that it has now. */
    public record Zone(String id, String label) {}

    // The other groups hold older names of the same places.
    private static final Set<String> REGIONS = Set.of(
            "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific");

    /** Returns all zones named after a place, and the chosen one. */
    public static List<ZoneGroup> all(String chosen, Instant now) {
        Map<String, List<Zone>> byRegion = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> REGIONS.contains(region(id)) || id.equals("UTC") || id.equals(chosen))
                .sorted()
                .collect(Collectors.groupingBy(ZoneGroup::region, TreeMap::new, Collectors.mapping(id -> zone(id, now), Collectors.toList())));
        return byRegion.entrySet().stream().map(group -> new ZoneGroup(group.getKey(), group.getValue())).toList();
    }

    private static String region(String id) {
        int slash = id.indexOf('/');
        return slash < 0 ? "Other" : id.substring(0, slash);
    }

    private static Zone zone(String id, Instant now) {
        String offset = ZoneId.of(id).getRules().getOffset(now).getId();
        return new Zone(id, id.equals("UTC") ? id : id.replace('_', ' ') + " (UTC" + (offset.equals("Z") ? "" : offset) + ")");
    }
}
