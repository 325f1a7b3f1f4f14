package social.coral.tenancy;

import java.util.List;
import java.util.Map;

/** Vulnerabilities of PostgreSQL that matter where tenants share tables, and the minor releases that fix them. */
final class KnownVulnerabilities {

    private record Hole(String name, String effect, Map<Integer, Integer> closedIn) {

        boolean isOpenIn(int major, int minor) {
            return closedIn.containsKey(major) && minor < closedIn.getOrDefault(major, 0);
        }
    }

    private static final List<Hole> HOLES = List.of(
            new Hole("CVE-2023-2455", "policies may be evaluated for the wrong role", Map.of(15, 3)),
            new Hole("CVE-2024-10976", "a plan may be used again under another role's policies", Map.of(15, 9, 16, 5, 17, 1)),
            new Hole("CVE-2025-8713", "the planner's statistics may show values that a policy hides", Map.of(15, 14, 16, 10, 17, 6)),
            new Hole("the eleven holes of May 2026", "see the release notes", Map.of(15, 18, 16, 14, 17, 10, 18, 4)));

    private KnownVulnerabilities() {}

    /** Returns a sentence for each hole that is open in this release. */
    static List<String> of(int major, int minor) {
        return HOLES.stream()
                .filter(hole -> hole.isOpenIn(major, minor))
                .map(hole -> "PostgreSQL is vulnerable to " + hole.name() + " (" + hole.effect() + "). Upgrade to " + major + "." + hole.closedIn().get(major) + " or newer.")
                .toList();
    }
}
