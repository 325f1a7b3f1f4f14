package social.coral.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.ItemRows.Extent;
import social.coral.knowledge.ItemRows.Item;

/** The index of words, which follows the pieces of texts. */
record FollowedWords(TenantWords words, ItemRows rows) implements FollowedIndex {

    @Override
    public Position position() {
        return words.position();
    }

    @Override
    public long putAfter(long change, int limit) {
        List<Item> items = rows.after(change, limit);
        put(items);
        return items.isEmpty() ? change : items.getLast().change();
    }

    @Override
    public boolean isAnyAfter(long change) {
        return rows.isAnyAfter(change);
    }

    @Override
    public void put(Collection<UUID> items) {
        put(rows.of(items));
    }

    private void put(List<Item> items) {
        if (!items.isEmpty()) {
            words.put(items.stream()
                    .map(item -> new TenantWords.Entry(item.id(), item.text(), item.language(), item.kind(), item.author(), item.writtenAt())).toList());
        }
    }

    @Override
    public void remove(Collection<UUID> items) {
        words.remove(items);
    }

    @Override
    public long count() {
        return words.count();
    }

    @Override
    public List<UUID> items(@Nullable UUID after, int limit) {
        return words.items(after, limit);
    }

    @Override
    public Extent stored() {
        return rows.extent();
    }

    @Override
    public List<UUID> storedItems(@Nullable UUID after, int limit) {
        return rows.ids(after, limit);
    }

    @Override
    public void clear() {
        words.clear();
    }
}
