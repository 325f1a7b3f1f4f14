package social.coral.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianStemFilter;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.cz.CzechStemFilter;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.el.GreekStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.es.SpanishPluralStemFilter;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianStemFilter;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.CatalanStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.EstonianStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/** The languages whose words are found in any of their forms. */
final class WordLanguages {

    /** @param stems brings lower-case words to their stems */
    record Rules(CharArraySet stopWords, UnaryOperator<TokenStream> stems) {}

    /** Lucene's own for English are so few that {@code from} and {@code how} would count. */
    private static final CharArraySet ENGLISH_STOP_WORDS = stopWords("english_stop.txt");
    private static final CharArraySet ITALIAN_ARTICLES = articles("c l all dall dell nell sull coll pell gl agl dagl degl negl sugl un m t s v d");
    private static final CharArraySet CATALAN_ARTICLES = articles("d l m n s t");

    private static final Map<String, Rules> RULES = Map.ofEntries(
            Map.entry("ar", new Rules(ArabicAnalyzer.getDefaultStopSet(), words -> new ArabicStemFilter(new ArabicNormalizationFilter(words)))),
            Map.entry("bg", new Rules(BulgarianAnalyzer.getDefaultStopSet(), BulgarianStemFilter::new)),
            Map.entry("ca", new Rules(CatalanAnalyzer.getDefaultStopSet(),
                    words -> new SnowballFilter(new ElisionFilter(words, CATALAN_ARTICLES), new CatalanStemmer()))),
            Map.entry("cs", new Rules(CzechAnalyzer.getDefaultStopSet(), CzechStemFilter::new)),
            Map.entry("da", new Rules(DanishAnalyzer.getDefaultStopSet(), snowball(DanishStemmer::new))),
            Map.entry("de", new Rules(GermanAnalyzer.getDefaultStopSet(), words -> new GermanLightStemFilter(new GermanNormalizationFilter(words)))),
            Map.entry("el", new Rules(GreekAnalyzer.getDefaultStopSet(), words -> new GreekStemFilter(new GreekLowerCaseFilter(words)))),
            Map.entry("en", new Rules(ENGLISH_STOP_WORDS, words -> new SnowballFilter(new EnglishPossessiveFilter(words), new EnglishStemmer()))),
            Map.entry("es", new Rules(SpanishAnalyzer.getDefaultStopSet(), words -> new SpanishLightStemFilter(new SpanishPluralStemFilter(words)))),
            Map.entry("et", new Rules(EstonianAnalyzer.getDefaultStopSet(), snowball(EstonianStemmer::new))),
            Map.entry("fi", new Rules(FinnishAnalyzer.getDefaultStopSet(), snowball(FinnishStemmer::new))),
            Map.entry("fr", new Rules(FrenchAnalyzer.getDefaultStopSet(),
                    words -> new FrenchLightStemFilter(new ElisionFilter(words, FrenchAnalyzer.DEFAULT_ARTICLES)))),
            Map.entry("hi", new Rules(HindiAnalyzer.getDefaultStopSet(),
                    words -> new HindiStemFilter(new HindiNormalizationFilter(new IndicNormalizationFilter(words))))),
            Map.entry("hu", new Rules(HungarianAnalyzer.getDefaultStopSet(), snowball(HungarianStemmer::new))),
            Map.entry("id", new Rules(IndonesianAnalyzer.getDefaultStopSet(), IndonesianStemFilter::new)),
            Map.entry("it", new Rules(ItalianAnalyzer.getDefaultStopSet(), words -> new SnowballFilter(new ElisionFilter(words, ITALIAN_ARTICLES), new ItalianStemmer()))),
            Map.entry("nl", new Rules(DutchAnalyzer.getDefaultStopSet(), snowball(DutchStemmer::new))),
            Map.entry("no", new Rules(NorwegianAnalyzer.getDefaultStopSet(), snowball(NorwegianStemmer::new))),
            Map.entry("pt", new Rules(PortugueseAnalyzer.getDefaultStopSet(), PortugueseLightStemFilter::new)),
            Map.entry("ro", new Rules(RomanianAnalyzer.getDefaultStopSet(), snowball(RomanianStemmer::new))),
            Map.entry("ru", new Rules(RussianAnalyzer.getDefaultStopSet(), RussianLightStemFilter::new)),
            Map.entry("sv", new Rules(SwedishAnalyzer.getDefaultStopSet(), snowball(SwedishStemmer::new))),
            Map.entry("tr", new Rules(TurkishAnalyzer.getDefaultStopSet(), snowball(TurkishStemmer::new))));

    private WordLanguages() {}

    private static CharArraySet stopWords(String file) {
        try (InputStream words = IOUtils.requireResourceNonNull(SnowballFilter.class.getResourceAsStream(file), file)) {
            return WordlistLoader.getSnowballWordSet(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UnaryOperator<TokenStream> snowball(Supplier<SnowballStemmer> stemmer) {
        return words -> new SnowballFilter(words, stemmer.get());
    }

    private static CharArraySet articles(String words) {
        return new CharArraySet(List.of(words.split(" ")), true);
    }

    static @Nullable Rules of(String language) {
        return RULES.get(language);
    }

    /** The language of a tag if its words have stems here; null otherwise. */
    static @Nullable String known(@Nullable String tag) {
        if (tag == null) {
            return null;
        }
        String language = Locale.forLanguageTag(tag).getLanguage();
        String usual = language.equals("nb") || language.equals("nn") ? "no" : language;
        return RULES.containsKey(usual) ? usual : null;
    }
}
