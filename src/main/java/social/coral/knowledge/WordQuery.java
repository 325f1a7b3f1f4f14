package social.coral.knowledge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.NamedMatches;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.WordAnalysis.Word;

/**
 * The query for what a person has typed: all phrases, and at least one of the words that say something. Which language they are in is
 * not known, so each word is searched for in all languages of the index.
 */
final class WordQuery {

    private static final int MAX_WORDS = 64;
    private static final float TIE = 0.1f;
    /** Of the pairs of letters, those across the border of two words may be in no text. */
    private static final double MOST = 0.5;
    private static final Pattern HIRAGANA = Pattern.compile("\\p{IsHiragana}+");
    private static final Pattern HANGUL = Pattern.compile("\\p{IsHangul}+");

    private final List<String> stems;
    private final BooleanQuery.Builder query = new BooleanQuery.Builder();
    private final List<Query> content = new ArrayList<>();
    private final List<Query> stopWords = new ArrayList<>();
    private final List<Query> optional = new ArrayList<>();
    private boolean phrases;
    private int left = MAX_WORDS;

    private WordQuery(List<String> stems) {
        this.stems = stems;
    }

    static WordQuery of(String typed, IndexSearcher searcher) {
        Collection<String> fields = FieldInfos.getIndexedFields(searcher.getIndexReader());
        WordQuery words = new WordQuery(fields.stream().filter(WordAnalysis::isStems).sorted().toList());
        TypedQuery.parts(typed).forEach(words::add);
        return words;
    }

    private void add(TypedQuery.Part part) {
        WordAnalysis analysis = part.phrase() || part.excluded() ? WordAnalysis.OF_PHRASES : WordAnalysis.OF_QUERIES;
        List<Word> words = analysis.words(WordAnalysis.PLAIN, part.text(), left);
        if (words.isEmpty()) {
            return;
        }
        left -= words.getLast().position() + 1;
        if (part.excluded()) {
            query.add(phrase(words), Occur.MUST_NOT);
        } else if (part.phrase()) {
            query.add(phrase(words), Occur.MUST);
            phrases = true;
        } else {
            addTyped(part.text(), words);
        }
    }

    private void addTyped(String text, List<Word> words) {
        if (words.size() == 1) {
            addWord(text, phrase(words));
        } else if (words.stream().anyMatch(Word::pair)) {
            addUnspaced(text, words);
        } else {
            words.forEach(word -> addWord(word.letters(), phrase(List.of(word))));
            optional.add(phrase(words));
        }
    }

    /** Adds words that are not set apart. In Japanese what is written in hiragana holds the others together and says little. */
    private void addUnspaced(String text, List<Word> words) {
        List<String> parts = HIRAGANA.splitAsStream(text).filter(part -> !part.isBlank()).toList();
        if (parts.isEmpty()) {
            addContent(most(words));
        }
        for (String part : parts) {
            List<Word> own = WordAnalysis.OF_QUERIES.words(WordAnalysis.PLAIN, part, words.size());
            if (own.stream().anyMatch(Word::pair)) {
                addContent(most(own));
            } else {
                own.forEach(word -> addWord(word.letters(), phrase(List.of(word))));
            }
        }
    }

    private void addWord(String text, Query plain) {
        List<Query> forms = new ArrayList<>(List.of(plain));
        boolean stopWord = false;
        for (String field : stems) {
            List<Word> stem = WordAnalysis.OF_QUERIES.words(field, text, 2);
            stopWord |= stem.isEmpty();
            if (stem.size() == 1) {
                forms.add(new TermQuery(new Term(field, stem.getFirst().letters())));
            }
        }
        Query word = new DisjunctionMaxQuery(forms, TIE);
        if (stopWord) {
            stopWords.add(word);
        } else {
            addContent(word);
        }
    }

    private void addContent(Query word) {
        content.add(NamedMatches.wrapQuery(Integer.toString(content.size()), word));
    }

    /** Whether a text that was found has most of the words that say something. */
    boolean mostOf(@Nullable Matches text) {
        return content.isEmpty() || text != null && 2 * NamedMatches.findNamedMatches(text).size() > content.size();
    }

    Query query(@Nullable Query filter) {
        if (content.isEmpty() && stopWords.isEmpty() && !phrases) {
            return new MatchNoDocsQuery("nothing to search for");
        }
        if (phrases) {
            optional.addAll(content);
            optional.addAll(stopWords);
        } else if (content.isEmpty()) {
            // The usual words of a language decide only where there are no others.
            query.add(any(stopWords), Occur.MUST);
        } else {
            query.add(any(content), Occur.MUST);
            optional.addAll(stopWords);
        }
        optional.forEach(word -> query.add(word, Occur.SHOULD));
        if (filter != null) {
            query.add(filter, Occur.FILTER);
        }
        return query.build();
    }

    private static Query phrase(List<Word> words) {
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        words.forEach(word -> phrase.add(term(word), word.position()));
        return phrase.build();
    }

    private static Query any(List<Query> queries) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        queries.forEach(query -> any.add(query, Occur.SHOULD));
        return any.build();
    }

    // Where words are not set apart, what was typed may be several. A word of Korean begins with what it says and ends with how it is used.
    private static Query most(List<Word> pairs) {
        BooleanQuery.Builder most = new BooleanQuery.Builder();
        if (pairs.stream().allMatch(pair -> HANGUL.matcher(pair.letters()).matches())) {
            pairs.forEach(pair -> most.add(new TermQuery(term(pair)), pair.position() == 0 ? Occur.MUST : Occur.SHOULD));
            return most.build();
        }
        pairs.forEach(pair -> most.add(new TermQuery(term(pair)), Occur.SHOULD));
        return most.setMinimumNumberShouldMatch(pairs.size() <= 2 ? pairs.size() : (int) Math.ceil(MOST * pairs.size())).build();
    }

    private static Term term(Word word) {
        return new Term(WordAnalysis.PLAIN, word.letters());
    }
}
