package social.coral.imports.archive;

import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Formats that no posts are read from, known by a file's first bytes, and what to do with such a file. */
enum ForeignFormat {
    PROGRAM("4d5a..00", 0, "This is a program, which may unpack itself. Unpack it and upload the archive's ZIP or its tweets.js."),
    OFFICE("d0cf11e0", 0, "This is a spreadsheet or document of an office program. Save it as CSV (UTF-8) and upload that file."),
    GZIP("1f8b", 0, packed("gzip")),
    BZIP2("314159265359", 4, packed("bzip2")),
    XZ("fd377a585a00", 0, packed("xz")),
    ZSTANDARD("28b52ffd", 0, packed("Zstandard")),
    SEVEN_ZIP("377abcaf271c", 0, packed("7-Zip")),
    RAR("526172211a07", 0, packed("RAR")),
    TAR("7573746172", 257, packed("tar")),
    SPLIT_ZIP("504b0708", 0, "This is the first part of a ZIP that was split. Join its parts first (“zip -s 0 archive.zip --out whole.zip”, or extract it with 7-Zip), then upload the whole ZIP."),
    BLUESKY("a265726f6f7473", 1, "This is a Bluesky repository (CAR). " + ForeignTable.WHAT_TO_DO),
    PARQUET("50415231", 0, "This is a Parquet file. Save it as CSV (UTF-8) or JSON and upload that file."),
    SQLITE("53514c69746520666f726d61742033", 0, "This is an SQLite database. Export its table of posts as CSV (UTF-8) and upload that file."),
    PDF("255044462d", 0, "This is a PDF. No posts can be read from it."),
    PNG("89504e470d0a1a0a", 0, "This is a picture."),
    JPEG("ffd8ff", 0, "This is a picture."),
    GIF("47494638", 0, "This is a picture.");

    /** How many bytes of a file are enough to recognise its format. */
    static final int HEAD = 262;

    private final Pattern mark;
    private final int offset;
    private final String sentence;

    /** @param mark the bytes in hexadecimal, two points for any byte */
    ForeignFormat(String mark, int offset, String sentence) {
        this.mark = Pattern.compile(mark);
        this.offset = offset;
        this.sentence = sentence;
    }

    private static String packed(String with) {
        return "This file is packed with " + with + ". Unpack it and upload the archive's ZIP or its tweets.js.";
    }

    static void refuse(byte[] head) throws UnreadableFile {
        var found = Stream.of(values()).filter(format -> format.begins(head)).findFirst();
        if (found.isPresent()) {
            throw UnreadableFile.unknown(found.get().sentence);
        }
    }

    private boolean begins(byte[] head) {
        return head.length > offset && mark.matcher(HexFormat.of().formatHex(head, offset, head.length)).lookingAt();
    }
}
