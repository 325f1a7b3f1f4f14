package social.coral.content;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The numbers that words say, in English, German, French, Spanish, Italian and Portuguese. */
final class NumberWords {

    private static final long THOUSAND = 1_000;
    private static final long BILLION = 1_000_000_000;

    /** Each value with its words; 1 is left out, because it is an article in most languages. */
    private static final String WORDS = """
            0 zero zéro cero
            2 two zwei deux dos due dois duas
            3 three drei trois tres tre três
            4 four vier quatre cuatro quattro quatro
            5 five fünf cinq cinco cinque
            6 six sechs seis sei
            7 seven sieben sept siete sette sete
            8 eight acht huit ocho otto oito
            9 nine neun neuf nueve nove
            10 ten zehn dix diez dieci dez
            11 eleven elf onze once undici
            12 twelve zwölf douze doce dodici doze
            13 thirteen dreizehn treize trece tredici treze
            14 fourteen vierzehn quatorze catorce quattordici catorze
            15 fifteen fünfzehn quinze quince quindici
            16 sixteen sechzehn seize dieciséis sedici dezesseis dezasseis
            17 seventeen siebzehn diecisiete diciassette dezessete
            18 eighteen achtzehn dieciocho diciotto dezoito
            19 nineteen neunzehn diecinueve diciannove dezenove
            20 twenty zwanzig vingt vingts veinte venti vinte
            30 thirty dreißig dreissig trente treinta trenta trinta
            40 forty fourty vierzig quarante cuarenta quaranta quarenta
            50 fifty fünfzig cinquante cincuenta cinquanta cinquenta
            60 sixty sechzig soixante sesenta sessanta sessenta
            70 seventy siebzig septante setenta settanta
            80 eighty achtzig huitante ochenta ottanta oitenta
            90 ninety neunzig nonante noventa novanta
            100 hundred hundert cent cents cien ciento cento cem
            200 doscientos doscientas duzentos duzentas duecento
            300 trescientos trescientas trezentos trezentas trecento
            400 cuatrocientos quatrocentos quattrocento
            500 quinientos quinientas quinhentos quinhentas cinquecento
            600 seiscientos seiscentos seicento
            700 setecientos setecentos settecento
            800 ochocientos oitocentos ottocento
            900 novecientos novecentos novecento
            1000 thousand tausend mille mil mila
            1000000 million millionen millions millón millones milione milioni milhão milhões mio
            1000000000 billion milliarde milliarden milliard milliards miliardo miliardi bilhão bilhões mrd bn
            1000000000000 trillion billionen billón billones bilione
            """;
    private static final Map<String, Long> VALUES = new HashMap<>();
    /** They mean something else in another language, so that they count only beside another number. */
    private static final Set<String> AMBIGUOUS = Set.of("once", "elf", "due", "sei", "neuf", "sept", "otto", "dos", "cent", "cents", "acht", "mille",
            "mil", "mila", "tre", "quince",
            "sette", "nove", "dix", "dieci", "six", "mio", "mrd", "bn", "doze", "sete", "cem");
    /** It counts only behind tens, hundreds or thousands. */
    private static final Set<String> ONE = Set.of("one", "un", "une", "uno", "una", "um", "uma", "ein", "eins");
    private static final Set<String> DOZENS = Set.of("dozen", "dutzend", "douzaine", "docena", "dozzina", "dúzia");
    private static final Set<String> AND = Set.of("and", "et", "y", "e", "und");
    private static final Set<String> COUNTED_ALONE = Set.of("million", "millón", "milione", "milhão", "billion", "milliarde", "milliard", "thousand",
            "tausend", "hundred", "hundert");

    static {
        WORDS.lines().forEach(line -> {
            String[] words = line.strip().split(" ");
            for (int i = 1; i < words.length; i++) {
                VALUES.put(words[i], Long.valueOf(words[0]));
            }
        });
        for (String tens : List.of("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta")) {
            long value = Objects.requireNonNull(VALUES.get(tens));
            String[] units = {"uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"};
            for (int unit = 1; unit <= units.length; unit++) {
                boolean elided = unit == 1 || unit == 8;
                VALUES.put((elided ? tens.substring(0, tens.length() - 1) : tens) + units[unit - 1], value + unit);
            }
            VALUES.put(tens + "tré", value + 3);
        }
        String[] spanish = {"veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve"};
        for (int unit = 1; unit <= spanish.length; unit++) {
            VALUES.put(spanish[unit - 1], 20L + unit);
        }
        DOZENS.forEach(dozen -> VALUES.put(dozen, 12L));
    }

    private NumberWords() {}

    /** A number that begins with the given word and is so many words long. */
    record Found(long value, int words) {}

    /** Returns the value of a word that stands behind a number to make it greater; null if it is none. */
    static @Nullable Long scale(String word) {
        Long value = VALUES.get(word.toLowerCase(Locale.ROOT));
        return value != null && value >= 100 && (value == 100 || value >= THOUSAND) ? value : null;
    }

    static boolean isAnd(String word) {
        return AND.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Reads the number that the words say from this one on; null if they say none. */
    static @Nullable Found at(String[] words, int from) {
        long total = 0;
        long current = 0;
        long lowest = Long.MAX_VALUE;
        int end = from;
        for (int at = from; at < words.length; at++) {
            String word = words[at].toLowerCase(Locale.ROOT);
            Long value = ONE.contains(word) && end > from && lowest >= 20 ? Long.valueOf(1) : value(word);
            if (value == null) {
                if (end > from && isAnd(word) && at == end) {
                    continue;
                }
                break;
            }
            if (value >= THOUSAND && value != compound(word)) {
                total += Math.max(current, 1) * value;
                current = 0;
                lowest = value;
            } else if (value == 100 || DOZENS.contains(word)) {
                current = Math.max(current, 1) * value;
                lowest = value;
            } else if (value == 20 && current == 4 && word.startsWith("vingt")) {
                current = 80;
                lowest = 20;
            } else if (end == from || value < room(lowest)) {
                current += value;
                lowest = value;
            } else {
                break;
            }
            if (total > 1_000 * BILLION || total < 0) {
                break;
            }
            end = at + 1;
        }
        boolean alone = end == from + 1;
        String first = words[from].toLowerCase(Locale.ROOT);
        boolean counts = end > from && !(alone && (AMBIGUOUS.contains(first) || scale(first) != null && !COUNTED_ALONE.contains(first)));
        return counts ? new Found(total + current, end - from) : null;
    }

    /** What is added behind a number is less than its lowest place; French counts on to 19 from 60 and 80, and to 9 from 10. */
    private static long room(long lowest) {
        if (lowest >= 100) {
            return lowest;
        }
        return lowest == 60 || lowest == 20 ? 20 : lowest == 10 || lowest > 20 ? 10 : 0;
    }

    private static @Nullable Long value(String word) {
        Long value = VALUES.get(word);
        if (value != null) {
            return value;
        }
        long compound = compound(word);
        return compound > 0 ? compound : null;
    }

    /** Reads a German number that is written as one word; 0 if it is none. */
    private static long compound(String word) {
        return word.length() > 60 || VALUES.containsKey(word) ? 0 : german(word);
    }

    private static long german(String word) {
        Long known = VALUES.get(word);
        if (known != null) {
            return known < THOUSAND ? known : 0;
        }
        if (word.equals("ein") || word.equals("eins")) {
            return 1;
        }
        int thousand = word.indexOf("tausend");
        if (thousand >= 0) {
            return beside(word, thousand, "tausend", THOUSAND);
        }
        int hundred = word.indexOf("hundert");
        if (hundred >= 0) {
            return beside(word, hundred, "hundert", 100);
        }
        int und = word.indexOf("und");
        long units = und > 0 ? german(word.substring(0, und)) : 0;
        long tens = und > 0 ? VALUES.getOrDefault(word.substring(und + 3), 0L) : 0;
        return units > 0 && units < 10 && tens >= 20 && tens <= 90 ? units + tens : 0;
    }

    private static long beside(String word, int at, String name, long value) {
        String after = word.substring(at + name.length());
        String rest = after.startsWith("und") ? after.substring(3) : after;
        long times = at == 0 ? 1 : german(word.substring(0, at));
        long more = rest.isEmpty() ? 0 : german(rest);
        return times == 0 || times >= THOUSAND || !rest.isEmpty() && more == 0 || more >= value ? 0 : times * value + more;
    }
}
