package social.coral.api;

import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes an instant as {@link Instant#toString} does, in a tenth of the time: a list has two of them in each row. */
final class JsonTime extends StdSerializer<Instant> {

    private static final int SECONDS_OF_A_DAY = 86_400;
    private static final int LENGTH = "2026-01-01T00:00:00.000000Z".length();

    JsonTime() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant time, JsonGenerator json, SerializationContext context) {
        if (StorableTime.isValid(time) && time.getNano() % 1_000 == 0) {
            char[] text = new char[LENGTH];
            json.writeString(text, 0, write(time, text));
        } else {
            json.writeString(time.toString());
        }
    }

    /** A time of four digits for its year and whole microseconds; gives the length. */
    private static int write(Instant time, char[] text) {
        LocalDate date = LocalDate.ofEpochDay(time.getEpochSecond() / SECONDS_OF_A_DAY);
        int second = (int) (time.getEpochSecond() % SECONDS_OF_A_DAY);
        int at = digits(text, 0, 4, date.getYear(), '-');
        at = digits(text, at, 2, date.getMonthValue(), '-');
        at = digits(text, at, 2, date.getDayOfMonth(), 'T');
        at = digits(text, at, 2, second / 3_600, ':');
        at = digits(text, at, 2, second / 60 % 60, ':');
        int micros = time.getNano() / 1_000;
        if (micros == 0) {
            return digits(text, at, 2, second % 60, 'Z');
        }
        at = digits(text, at, 2, second % 60, '.');
        return micros % 1_000 == 0 ? digits(text, at, 3, micros / 1_000, 'Z') : digits(text, at, 6, micros, 'Z');
    }

    private static int digits(char[] text, int at, int count, int number, char then) {
        int rest = number;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        text[at + count] = then;
        return at + count + 1;
    }
}
