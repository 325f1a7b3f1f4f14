package social.coral.agents.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** The paragraphs of a text in Markdown, its headings and list items among them, as a post without markup has them. */
final class PlainParagraphs extends AbstractVisitor {

    private static final int DEEPEST = 50;
    private static final Parser PARSER = Parser.builder().maxOpenBlockParsers(DEEPEST).maxInlineNesting(DEEPEST).build();

    private final boolean headings;
    private final List<String> paragraphs = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();

    private PlainParagraphs(boolean headings) {
        this.headings = headings;
    }

    static List<String> of(String markdown) {
        return read(markdown, true);
    }

    /** As above, without the headings, which are no sentences. */
    static List<String> withoutHeadings(String markdown) {
        return read(markdown, false);
    }

    private static List<String> read(String markdown, boolean headings) {
        PlainParagraphs reading = new PlainParagraphs(headings);
        PARSER.parse(markdown).accept(reading);
        return List.copyOf(reading.paragraphs);
    }

    @Override
    public void visit(Paragraph paragraph) {
        visitChildren(paragraph);
        end();
    }

    @Override
    public void visit(Heading heading) {
        if (headings) {
            visitChildren(heading);
            end();
        }
    }

    /** A single item with another number than 1 is a sentence that begins with it, such as a date. */
    @Override
    public void visit(OrderedList list) {
        if (list.getFirstChild() == list.getLastChild() && !Integer.valueOf(1).equals(list.getMarkerStartNumber())) {
            words.append(list.getMarkerStartNumber()).append(list.getMarkerDelimiter()).append(' ');
        }
        visitChildren(list);
    }

    /** Between digits an asterisk is a sign of multiplication. */
    @Override
    public void visit(Emphasis emphasis) {
        boolean product = emphasis.getPrevious() instanceof Text before && endsWithDigit(before.getLiteral())
                && emphasis.getFirstChild() instanceof Text inside && Character.isDigit(inside.getLiteral().codePointAt(0));
        if (product) {
            words.append(emphasis.getOpeningDelimiter());
        }
        visitChildren(emphasis);
        if (product) {
            words.append(emphasis.getClosingDelimiter());
        }
    }

    private static boolean endsWithDigit(String text) {
        return !text.isEmpty() && Character.isDigit(text.codePointBefore(text.length()));
    }

    @Override
    public void visit(Text text) {
        words.append(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        words.append(code.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak line) {
        words.append(' ');
    }

    @Override
    public void visit(HardLineBreak line) {
        words.append(' ');
    }

    @Override
    public void visit(FencedCodeBlock code) {
        lines(code.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        lines(code.getLiteral());
    }

    private void lines(String literal) {
        literal.lines().forEach(line -> {
            words.append(line);
            end();
        });
    }

    private void end() {
        if (!words.toString().isBlank()) {
            paragraphs.add(words.toString().strip());
        }
        words.setLength(0);
    }
}
