package social.coral.tenancy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.coral.api.StorableText;

/** What an open transaction does before it commits, so that the locks that all of a tenant's transactions take are the last ones of each. */
final class TransactionEnd {

    private static final int MAX_SUBJECT_LENGTH = 200;

    private final List<Entry> entries = new ArrayList<>();
    private final Map<AtEnd<?>, Set<?>> works = new LinkedHashMap<>();

    private record Entry(String action, String subject) {}

    <V> void add(AtEnd<V> work, Collection<V> values) {
        @SuppressWarnings("unchecked")
        Set<V> all = (Set<V>) works.computeIfAbsent(work, first -> new LinkedHashSet<V>());
        all.addAll(values);
    }

    void enter(String action, Object subject) {
        entries.add(new Entry(action, StorableText.truncate(subject.toString(), MAX_SUBJECT_LENGTH)));
    }

    void work() {
        works.forEach(TransactionEnd::work);
    }

    @SuppressWarnings("unchecked")
    private static <V> void work(AtEnd<V> work, Set<?> values) {
        work.with((Set<V>) values);
    }

    void enterAll(Connection connection) throws SQLException {
        if (!entries.isEmpty()) {
            try (PreparedStatement append = connection.prepareStatement("select audit.append(?, ?)")) {
                append.setArray(1, connection.createArrayOf("text", entries.stream().map(Entry::action).toArray()));
                append.setArray(2, connection.createArrayOf("text", entries.stream().map(Entry::subject).toArray()));
                append.execute();
            }
        }
    }
}
