package social.coral.content;

import com.twitter.twittertext.Extractor.Entity;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the sources of a text and the persona hold, to look up what a text claims. A link in what a stranger wrote is no source's address, and
 * whom a stranger addresses is nobody's to address.
 */
final class SourceFacts {

    /** More text than this is not read. */
    private static final int MOST_CHARACTERS = 200_000;

    private final Set<String> numbers = new HashSet<>();
    private final Set<String> dates = new HashSet<>();
    private final Set<Long> rows = new HashSet<>();
    private final Set<String> links = new HashSet<>();
    private final Set<String> handles = new HashSet<>();

    SourceFacts(TextBasis basis) {
        int left = MOST_CHARACTERS;
        for (String text : basis.texts()) {
            String read = text.substring(0, Math.min(text.length(), left));
            left -= read.length();
            addText(new ReadableText(read, false).text());
        }
        basis.days().forEach(this::addDay);
        for (String given : basis.addresses()) {
            if (given.strip().indexOf(' ') < 0) {
                addLink(given);
            }
            DraftMarks.MAIL.matcher(given).results().forEach(mail -> links.add(mail.group().toLowerCase(Locale.ROOT)));
            for (Entity entity : PostEntities.in(given)) {
                if (entity.getType() == Entity.Type.URL) {
                    addLink(given.substring(entity.getStart(), entity.getEnd()));
                }
            }
        }
        for (String given : basis.names()) {
            for (Entity entity : PostEntities.in(given)) {
                if (entity.getType() == Entity.Type.MENTION) {
                    handles.add(entity.getValue().toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    private void addText(String read) {
        // The numbers in an address say nothing.
        String text = DraftMarks.withoutLinks(read);
        BitSet inDates = new BitSet();
        for (DateForms.Found date : DateForms.in(text)) {
            date.readings().forEach(this::addDate);
            inDates.set(date.start(), date.end());
        }
        for (Numbers.Found number : Numbers.in(text)) {
            if (!inDates.get(number.start())) {
                for (Numbers.Found either : List.of(number, number.unsigned())) {
                    numbers.add(either.form());
                    if (!either.unit().equals("%")) {
                        numbers.add(either.value());
                    }
                }
            }
        }
        new TextWords(text).each(rows::add);
    }

    private void addDay(LocalDate day) {
        addDate(DateForms.form(day.getYear(), day.getMonthValue(), day.getDayOfMonth()));
    }

    /** A date says its month and its year as well. */
    private void addDate(String form) {
        dates.add(form);
        String[] parts = (form.startsWith("-") ? form.substring(1) : form).split("-");
        boolean hasYear = !form.startsWith("-");
        if (hasYear) {
            numbers.add(parts[0]);
            dates.add(parts[0] + "-" + parts[1]);
            if (parts.length == 3) {
                dates.add("--" + parts[1] + "-" + parts[2]);
            }
        }
    }

    private void addLink(String link) {
        String form = LinkAddress.of(link);
        if (form != null && !form.isEmpty()) {
            links.add(form);
        }
    }

    boolean hasNumber(Numbers.Found number) {
        return numbers.contains(number.form());
    }

    boolean hasDate(DateForms.Found date) {
        return date.readings().stream().anyMatch(dates::contains);
    }

    /** Reports whether these words stand in one of the texts, in this order. */
    boolean hasWords(String words) {
        return new TextWords(words).all(rows::contains);
    }

    boolean hasLink(@Nullable String form) {
        return form != null && links.contains(form);
    }

    boolean hasHandle(String name) {
        return handles.contains(name.toLowerCase(Locale.ROOT));
    }
}
