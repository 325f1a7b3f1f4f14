package social.coral.web.usage;

import java.io.IOException;
import java.io.OutputStream;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.librepdf.openpdf.fonts.Liberation;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.HeaderFooter;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;
import social.coral.identity.Profile;
import social.coral.usage.Usage;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Times;

/** A month's usage as a PDF, for those who file it or claim it: by service, and by day and service. */
final class StatementPdf {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    /** The columns from here on hold numbers. */
    private static final int FIRST_NUMBER = 2;

    private final Font text;
    private final Font strong;
    private final Font head;

    StatementPdf() throws IOException {
        text = Liberation.SANS.create(9);
        strong = Liberation.SANS_BOLD.create(9);
        head = Liberation.SANS_BOLD.create(16);
    }

    void write(OutputStream out, Profile profile, YearMonth month, Usage usage, List<Usage.ByDayAndService> days) {
        try (Document pdf = new Document(PageSize.A4, 50, 50, 50, 60)) {
            PdfWriter.getInstance(pdf, out);
            pdf.addTitle("Usage of Coral Social, " + Times.month(month));
            HeaderFooter pages = new HeaderFooter(new Phrase("Page ", text), true);
            pages.setBorder(HeaderFooter.NO_BORDER);
            pages.setAlignment(Element.ALIGN_RIGHT);
            pdf.setFooter(pages);
            pdf.open();
            pdf.add(new Paragraph("Usage of Coral Social, " + Times.month(month), head));
            pdf.add(about(profile, month, usage));
            pdf.add(services(usage));
            if (!days.isEmpty()) {
                pdf.add(days(days));
            }
        }
    }

    private Paragraph about(Profile profile, YearMonth month, Usage usage) {
        String company = profile.companyName() == null ? "" : profile.companyName() + ", ";
        Paragraph about = new Paragraph(15, "Account: " + company + profile.email()
                + "\nPeriod: " + DAY.format(month.atDay(1)) + " to " + DAY.format(month.atEndOfMonth()) + ", time zone " + profile.timeZone()
                + "\nTotal: " + Figures.exactMoney(usage.costMicroUsd()) + " in " + Figures.count(usage.calls(), "call", "calls")
                + "\nCosts are estimates based on the services’ price lists. Each service bills you directly.", text);
        about.setSpacingBefore(10);
        return about;
    }

    private PdfPTable services(Usage usage) {
        PdfPTable table = table("Service", "Read", "Calls", "Cost");
        for (Usage.ByService service : usage.byService()) {
            row(table, text, UsageWords.service(service.service()), UsageWords.read(service), Figures.count(service.calls()),
                    Figures.exactMoney(service.costMicroUsd()));
        }
        row(table, strong, "Total", "", Figures.count(usage.calls()), Figures.exactMoney(usage.costMicroUsd()));
        return table;
    }

    private PdfPTable days(List<Usage.ByDayAndService> days) {
        PdfPTable table = table("Day", "Service", "Calls", "Cost");
        for (Usage.ByDayAndService day : days) {
            row(table, text, DAY.format(day.day()), UsageWords.service(day.service()), Figures.count(day.calls()), Figures.exactMoney(day.costMicroUsd()));
        }
        return table;
    }

    private PdfPTable table(String... titles) {
        PdfPTable table = new PdfPTable(new float[] {3, 4, 2, 2});
        table.setWidthPercentage(100);
        table.setSpacingBefore(20);
        row(table, strong, titles);
        table.setHeaderRows(1);
        return table;
    }

    private static void row(PdfPTable table, Font font, String... cells) {
        for (int column = 0; column < cells.length; column++) {
            PdfPCell cell = new PdfPCell(new Phrase(cells[column], font));
            cell.setHorizontalAlignment(column < FIRST_NUMBER ? Element.ALIGN_LEFT : Element.ALIGN_RIGHT);
            cell.setBorder(PdfPCell.BOTTOM);
            cell.setBorderWidth(0.3f);
            cell.setPadding(4);
            table.addCell(cell);
        }
    }
}
