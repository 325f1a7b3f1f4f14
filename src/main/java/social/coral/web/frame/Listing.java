package social.coral.web.frame;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.Page;

/**
 * One page of a list. Everything that can be chosen about it is in its address: links change one thing there and keep the rest.
 *
 * @param filter what the list's form sends, under the names of the record's components, without what cannot be used
 * @param total how many rows pass the filter, counted up to {@link Page#counted}
 * @param problem what of the filter cannot be used, and why; null when all can
 */
public record Listing<F extends Record, R>(Address address, F filter, Page page, List<R> rows, int total, @Nullable String problem) {

    /** Reads the rows. A value of the filter that cannot be used is named above the list, which is shown without it. */
    public static <F extends Record, R> Listing<F, R> of(
            String path, F filter, Page page, Function<F, List<R>> rows, ToIntFunction<F> total) {
        Address address = Address.of(path, filter);
        F usable = filter;
        String problem = null;
        while (true) {
            try {
                return new Listing<>(address, usable, page, rows.apply(usable), total.applyAsInt(usable), problem);
            } catch (Failure refused) {
                F without = without(usable, refused.errors().stream().map(Failure.FieldError::field).toList());
                if (without.equals(usable)) {
                    throw refused;
                }
                usable = without;
                problem = problem == null ? refused.sentence() : problem + " " + refused.sentence();
            }
        }
    }

    /** Returns the filter without the values of these fields. */
    @SuppressWarnings("unchecked")
    private static <F extends Record> F without(F filter, List<String> fields) {
        RecordComponent[] components = filter.getClass().getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = fields.contains(components[i].getName()) ? null : components[i].getAccessor().invoke(filter);
            }
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return (F) filter.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the address holds under this name, or nothing. */
    public String value(String name) {
        return address.value(name);
    }

    public String path() {
        return address.path();
    }

    public boolean isFiltered() {
        return !address.with("sort", null).with("reversed", null).equals(Address.of(path()));
    }

    /** Reports whether there is nothing to list, whatever the filter. */
    public boolean isEmpty() {
        return total == 0 && !isFiltered();
    }

    /** This page of the list, to return to after an action on it. */
    public String here() {
        return at(page.offset());
    }

    public String download() {
        return Address.of(path(), filter).under("/download").toString();
    }

    /** Returns where the head of a column leads: the list sorted by it, or the other way round if it is already. */
    public String sortedBy(SortColumn column) {
        boolean again = isSortedBy(column) && value("reversed").isEmpty();
        return address.with("sort", column.isDefault() ? null : column.word()).with("reversed", again ? "yes" : null).toString();
    }

    /** Returns how a column is sorted, as {@code aria-sort} has it; null when it is not. */
    public @Nullable String direction(SortColumn column) {
        return !isSortedBy(column) ? null : column.descends(value("reversed")) ? "descending" : "ascending";
    }

    private boolean isSortedBy(SortColumn column) {
        return value("sort").isEmpty() ? column.isDefault() : value("sort").equals(column.word());
    }

    /** {@code 51–100 of 1,234 posts}. */
    public String range(String one, String many) {
        if (total <= page.limit() && page.offset() == 0) {
            return Figures.count(total, one, many);
        }
        String shown = Figures.count(page.offset() + 1L) + "–" + Figures.count(page.offset() + (long) rows.size());
        return shown + " of " + (total == page.countLimit() ? Figures.count(total) + " or more " + many : Figures.count(total, one, many));
    }

    public @Nullable String previous() {
        return page.offset() == 0 ? null : at(Math.max(0, page.offset() - page.limit()));
    }

    public @Nullable String next() {
        int next = page.offset() + page.limit();
        return next >= total || next > Page.MAX_OFFSET ? null : at(next);
    }

    /** The last page, when this one is beyond it because rows have been removed since; null otherwise. */
    @Nullable String lastInstead() {
        boolean beyond = rows.isEmpty() && total > 0 && page.offset() > 0;
        return beyond ? at((total - 1) / page.limit() * page.limit()) : null;
    }

    private String at(int offset) {
        return Address.of(path(), filter).with("offset", offset == 0 ? null : offset).toString();
    }
}
