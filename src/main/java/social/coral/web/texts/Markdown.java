package social.coral.web.texts;

import gg.jte.Content;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.CoreHtmlNodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;
import org.commonmark.renderer.text.CoreTextContentNodeRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentNodeRendererContext;
import org.commonmark.renderer.text.TextContentRenderer;
import social.coral.content.TextMark;
import social.coral.content.TextSource;
import social.coral.web.frame.Ellipsis;

/**
 * Draws Markdown that may be hostile: HTML in it is shown as text, links lead only to http and https, an image becomes a link, so
 * that nothing is loaded from elsewhere, and a number in brackets leads to its source.
 */
public final class Markdown {

    private static final Pattern MARKER = Pattern.compile("\\[(\\d{1,2})]");
    private static final Pattern WEB = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);
    private static final int DEEPEST = 50;
    // The page has a heading of its own above the text.
    private static final int HIGHEST_HEADING = 2;
    private static final int LOWEST_HEADING = 6;

    private static final int SHOWN = 280;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’-]*");
    private static final TextContentRenderer PLAIN = TextContentRenderer.builder().lineBreakRendering(LineBreakRendering.STRIP)
            .nodeRendererFactory(Unquoted::new).build();
    private static final Parser PARSER = Parser.builder().maxOpenBlockParsers(DEEPEST).maxInlineNesting(DEEPEST)
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build();

    private Markdown() {}

    /** Returns the text, ready for a page that lists these sources under the ids {@code source-1} and so on. */
    public static Content draw(String text, List<TextSource> sources) {
        return draw(text, sources, List.of());
    }

    /** As above, with these places of the text marked. */
    public static Content draw(String text, List<TextSource> sources, List<TextMark> marks) {
        BitSet marked = new BitSet();
        marks.stream().filter(mark -> mark.start() < mark.end()).forEach(mark -> marked.set(mark.start(), mark.end()));
        String html = renderer(sources, marked).render(PARSER.parse(text));
        return output -> output.writeContent(html);
    }

    /** Returns how a text begins, without its marks. */
    public static String beginning(String text) {
        return Ellipsis.after(SHOWN, PLAIN.render(PARSER.parse(text.substring(0, Math.min(text.length(), 4 * SHOWN)))).strip());
    }

    /** Counts the words of a text. */
    public static int words(String text) {
        return (int) WORD.matcher(PLAIN.render(PARSER.parse(text))).results().count();
    }

    private static HtmlRenderer renderer(List<TextSource> sources, BitSet marked) {
        List<Integer> numbers = sources.stream().map(TextSource::number).toList();
        return HtmlRenderer.builder()
                .escapeHtml(true)
                .sanitizeUrls(true)
                .urlSanitizer(new WebOnly())
                .percentEncodeUrls(true)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (node instanceof Link) {
                        attributes.put("rel", "noopener noreferrer nofollow ugc");
                        attributes.put("target", "_blank");
                    }
                })
                .nodeRendererFactory(context -> new Ours(context, numbers, marked))
                .build();
    }

    private static boolean isOnWeb(String url) {
        return WEB.matcher(url).matches();
    }

    private static final class WebOnly implements UrlSanitizer {

        @Override
        public String sanitizeLinkUrl(String url) {
            return isOnWeb(url) ? url : "";
        }

        @Override
        public String sanitizeImageUrl(String url) {
            return sanitizeLinkUrl(url);
        }
    }

    /** A quotation without the signs that CommonMark puts around it: what is quoted often has its own. */
    private static final class Unquoted extends CoreTextContentNodeRenderer implements NodeRenderer {

        Unquoted(TextContentNodeRendererContext context) {
            super(context);
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(BlockQuote.class);
        }

        @Override
        public void visit(BlockQuote quotation) {
            visitChildren(quotation);
        }
    }

    /** What is drawn in another way than CommonMark's own. */
    private static final class Ours extends CoreHtmlNodeRenderer implements NodeRenderer {

        private final List<Integer> numbers;
        private final BitSet marked;
        private boolean isMarking;

        Ours(HtmlNodeRendererContext context, List<Integer> numbers, BitSet marked) {
            super(context);
            this.numbers = numbers;
            this.marked = marked;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Heading.class, Image.class, Link.class, Text.class, Code.class, HtmlInline.class);
        }

        @Override
        public void visit(Heading heading) {
            String tag = "h" + Math.min(heading.getLevel() + HIGHEST_HEADING - 1, LOWEST_HEADING);
            context.getWriter().tag(tag);
            visitChildren(heading);
            context.getWriter().tag("/" + tag);
        }

        /** Of a link that leads anywhere but to the web only the words are left. */
        @Override
        public void visit(Link link) {
            if (isOnWeb(link.getDestination())) {
                marking(link, () -> super.visit(link));
            } else {
                visitChildren(link);
            }
        }

        @Override
        public void visit(Code code) {
            marking(code, () -> super.visit(code));
        }

        @Override
        public void visit(HtmlInline html) {
            marking(html, () -> super.visit(html));
        }

        /** Marks all of a node of which something is marked. */
        private void marking(Node node, Runnable draw) {
            if (isMarking || node.getSourceSpans().stream().noneMatch(Ours.this::isMarked)) {
                draw.run();
                return;
            }
            context.getWriter().tag("mark");
            isMarking = true;
            draw.run();
            isMarking = false;
            context.getWriter().tag("/mark");
        }

        private boolean isMarked(SourceSpan span) {
            int next = marked.nextSetBit(span.getInputIndex());
            return next >= 0 && next < span.getInputIndex() + span.getLength();
        }

        /** Which characters of a text are marked: all of one that is not written as it reads and has a mark in it. */
        private BitSet marksOf(Text text) {
            BitSet marks = new BitSet();
            if (isMarking || marked.isEmpty()) {
                return marks;
            }
            int length = text.getLiteral().length();
            if (text.getSourceSpans().stream().mapToInt(SourceSpan::getLength).sum() != length) {
                marks.set(0, length, text.getSourceSpans().stream().anyMatch(this::isMarked));
                return marks;
            }
            int at = 0;
            for (SourceSpan span : text.getSourceSpans()) {
                for (int i = 0; i < span.getLength(); i++) {
                    marks.set(at++, marked.get(span.getInputIndex() + i));
                }
            }
            return marks;
        }

        private void words(String literal, int from, int to, BitSet marks) {
            int at = from;
            while (at < to) {
                boolean marking = marks.get(at);
                int next = marking ? marks.nextClearBit(at) : marks.nextSetBit(at);
                int end = next < 0 ? to : Math.min(next, to);
                if (marking) {
                    context.getWriter().tag("mark");
                }
                context.getWriter().text(literal.substring(at, end));
                if (marking) {
                    context.getWriter().tag("/mark");
                }
                at = end;
            }
        }

        @Override
        public void visit(Image image) {
            if (!isOnWeb(image.getDestination())) {
                visitChildren(image);
                return;
            }
            marking(image, () -> {
                Link link = new Link(image.getDestination(), image.getTitle());
                context.getWriter().tag("a", context.extendAttributes(link, "a", Map.of("href", context.encodeUrl(image.getDestination()))));
                context.getWriter().text("Image: ");
                visitChildren(image);
                context.getWriter().tag("/a");
            });
        }

        @Override
        public void visit(Text text) {
            String literal = text.getLiteral();
            BitSet marks = marksOf(text);
            Matcher marker = MARKER.matcher(literal);
            int at = 0;
            while (marker.find() && !isInLink(text)) {
                if (numbers.contains(Integer.parseInt(marker.group(1)))) {
                    words(literal, at, marker.start(), marks);
                    context.getWriter().tag("a", Map.of("href", "#source-" + Integer.parseInt(marker.group(1))));
                    context.getWriter().text(marker.group());
                    context.getWriter().tag("/a");
                    at = marker.end();
                }
            }
            words(literal, at, literal.length(), marks);
        }

        private static boolean isInLink(Node node) {
            for (Node parent = node.getParent(); parent != null; parent = parent.getParent()) {
                if (parent instanceof Link || parent instanceof Image) {
                    return true;
                }
            }
            return false;
        }
    }
}
