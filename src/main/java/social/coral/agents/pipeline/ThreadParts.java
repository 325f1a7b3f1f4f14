package social.coral.agents.pipeline;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.content.PostEntities;
import social.coral.content.PostText;
import social.coral.models.Sentences;

/**
 * Fills the parts of a thread with sentences. A sentence that is too long for a part is cut between words, and a word between graphemes;
 * a link, a name or a tag is never cut. What does not fit into the parts allowed is left out from the end, and so is a
 * link that has no room beside a single part. Where something that is longer than a
 * part is left out, a new part begins, so that no part joins words that did not stand together.
 *
 * @param room the weighted length of a part
 * @param most how many parts
 * @param numbered whether each part ends with its number
 */
record ThreadParts(int room, int most, boolean numbered) {

    /** Stands among the pieces where something is left out. */
    private static final String LEFT_OUT = "";
    private static final Pattern DOTTED = Pattern.compile("[[\\p{L}\\p{N}\\p{M}._-]&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]]++");

    /** @param link stands at the end of the last part; null for none */
    List<String> of(List<String> sentences, @Nullable String link) {
        int free = room - (numbered ? (" " + most + "/" + most).length() : 0);
        List<String> parts = new ArrayList<>();
        boolean begins = true;
        for (String piece : pieces(sentences, free)) {
            if (piece.equals(LEFT_OUT)) {
                begins = true;
                continue;
            }
            String longer = begins ? piece : parts.getLast() + " " + piece;
            if (!begins && PostText.weightedLength(longer) <= free) {
                parts.set(parts.size() - 1, longer);
            } else {
                parts.add(piece);
            }
            begins = false;
        }
        return finished(parts, link, free);
    }

    /** The same for parts that are known to fit, each of which stays one. */
    List<String> apart(List<String> parts, @Nullable String link) {
        int free = room - (numbered ? (" " + most + "/" + most).length() : 0);
        return finished(pieces(parts, free).stream().filter(piece -> !piece.equals(LEFT_OUT)).toList(), link, free);
    }

    private List<String> finished(List<String> parts, @Nullable String link, int free) {
        List<String> kept = new ArrayList<>(parts.subList(0, Math.min(most, parts.size())));
        if (link != null) {
            withLink(kept, link, free);
        }
        if (numbered && kept.size() > 1) {
            int count = kept.size();
            for (int i = 0; i < count; i++) {
                kept.set(i, kept.get(i) + " " + (i + 1) + "/" + count);
            }
        }
        return kept;
    }

    private void withLink(List<String> parts, String link, int free) {
        String last = parts.isEmpty() ? link : parts.getLast() + "\n" + link;
        if (!parts.isEmpty() && PostText.weightedLength(last) <= free) {
            parts.set(parts.size() - 1, last);
        } else if (parts.size() < most) {
            parts.add(link);
        } else {
            String before = beginning(parts.getLast(), free - PostText.weightedLength("\n" + link));
            if (!before.isEmpty()) {
                parts.set(parts.size() - 1, before + "\n" + link);
            } else if (parts.size() > 1) {
                parts.set(parts.size() - 1, link);
            }
        }
    }

    /** The first sentences of a part, as many as fit. */
    private static String beginning(String part, int free) {
        String kept = "";
        for (String sentence : new Sentences(null).parts(part)) {
            if (PostText.weightedLength((kept + sentence).strip()) > free) {
                break;
            }
            kept += sentence;
        }
        return kept.strip();
    }

    private static List<String> pieces(List<String> texts, int free) {
        return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).flatMap(text -> pieces(text, free).stream()).toList();
    }

    private static List<String> pieces(String sentence, int free) {
        List<String> pieces = new ArrayList<>();
        if (PostText.weightedLength(sentence) <= free) {
            pieces.add(sentence);
        } else {
            List<Integer> words = places(sentence, BreakIterator.getLineInstance(Locale.ROOT));
            List<Integer> graphemes = places(sentence, BreakIterator.getCharacterInstance(Locale.ROOT));
            for (int start = 0; start < sentence.length();) {
                int end = end(sentence, start, free, words);
                end = end == start ? end(sentence, start, free, graphemes) : end;
                if (end > start) {
                    if (!sentence.substring(start, end).isBlank()) {
                        pieces.add(sentence.substring(start, end).strip());
                    }
                    start = end;
                } else {
                    // A grapheme or link that is longer than a part.
                    pieces.add(LEFT_OUT);
                    int from = start;
                    start = graphemes.stream().filter(place -> place > from).findFirst().orElse(sentence.length());
                }
            }
        }
        return pieces;
    }

    /** Where the text can be cut: between graphemes, outside of links, names and tags. */
    private static List<Integer> places(String text, BreakIterator breaks) {
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(text);
        breaks.setText(text);
        BitSet inside = new BitSet();
        PostEntities.in(text).forEach(entity -> inside.set(entity.getStart() + 1, entity.getEnd()));
        // A part of what is no link as a whole may be one.
        DOTTED.matcher(text).results().filter(run -> run.group().indexOf('.') >= 0).forEach(run -> inside.set(run.start() + 1, run.end()));
        List<Integer> places = new ArrayList<>();
        for (int place = breaks.next(); place != BreakIterator.DONE; place = breaks.next()) {
            if (!inside.get(place) && graphemes.isBoundary(place) && !isInNumber(text, place)) {
                places.add(place);
            }
        }
        return places;
    }

    /** A hyphen joins the digits of a date. */
    private static boolean isInNumber(String text, int place) {
        return place > 0 && place < text.length() && text.charAt(place - 1) == '-' && Character.isDigit(text.charAt(place));
    }

    /** The last place where the piece that begins at {@code start} can end; {@code start} if there is none. */
    private static int end(String text, int start, int free, List<Integer> places) {
        int end = start;
        for (int place : places) {
            if (place > start) {
                if (PostText.weightedLength(text.substring(start, place).strip()) > free) {
                    break;
                }
                end = place;
            }
        }
        return end;
    }
}
