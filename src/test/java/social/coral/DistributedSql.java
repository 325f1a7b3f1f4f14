package social.coral;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the forms of SQL that a distributed server (Citus) refuses. Reads SQL in small letters. */
public final class DistributedSql {

    private static final Pattern VOLATILE = Pattern.compile(
            "\\b((now|clock_timestamp|statement_timestamp|transaction_timestamp|random|gen_random_uuid|current_setting|auth\\.uid)\\s*\\(|current_(timestamp|date|time)\\b|localtime)");
    private static final Pattern CHANGES = Pattern.compile("\\b(update|insert\\s+into)\\b");
    private static final Pattern COALESCE = Pattern.compile("\\bcoalesce\\s*\\(");
    private static final Pattern CASE = Pattern.compile("\\b(case|end)\\b");
    private static final Pattern CONFLICT = Pattern.compile("\\bdo\\s+update\\s+set\\b");
    private static final Pattern AFTER_CONFLICT = Pattern.compile("\\b(where|returning)\\b|;");
    private static final Pattern VALUES = Pattern.compile("\\bvalues\\s*(?=\\()");
    private static final Pattern AFTER_VALUES = Pattern.compile("\\b(on\\s+conflict|returning)\\b|;");
    private static final Pattern SELECT = Pattern.compile("\\(\\s*select\\b");
    private static final Pattern NO_COLUMN = Pattern.compile("\\(\\s*select\\s+from\\b");
    private static final Pattern ADDED = Pattern.compile("\\badd\\s+(?:column\\s+)?(?!constraint\\b|check\\b|primary\\b|unique\\b|foreign\\b|exclude\\b)\\w+");
    private static final Pattern CHECK = Pattern.compile("(\\bconstraint\\s+\\w+\\s+)?\\bcheck\\s*\\(");

    private static final List<Pattern> OTHERS = Stream.of(
                    "insert\\s+into\\s+public\\.\\w+[^;]*?\\)\\s*select\\b",
                    "\\bcopy\\s+public\\.",
                    "\\bin\\s*\\(\\s*select\\b[^)]*\\blimit\\b[^)]*\\bskip\\s+locked",
                    "\\bon\\s+delete\\s+set\\s+null",
                    "\\bcreate\\s+(constraint\\s+)?trigger\\b",
                    "\\bcreate\\s+rule\\b",
                    "public\\.\\w+[^;]*\\bserial\\b",
                    "create\\s+policy[^;]*\\(\\s*select\\b",
                    "\\bset\\s+session\\b",
                    "\\btruncate\\b")
            .map(Pattern::compile)
            .toList();

    private DistributedSql() {}

    /** The forms that no statement, function or migration has. */
    public static List<String> refusedAnywhere(String sql) {
        return OTHERS.stream().map(form -> form.matcher(sql)).filter(Matcher::find).map(Matcher::group).toList();
    }

    /** The further forms that a statement or the body of a function on distributed tables does not have. */
    public static List<String> refused(String sql) {
        List<String> refused = new ArrayList<>(refusedAnywhere(sql));
        NO_COLUMN.matcher(sql).results().forEach(found -> refused.add(found.group()));
        between(sql, VALUES, AFTER_VALUES).filter(part -> SELECT.matcher(part).find()).forEach(refused::add);
        if (CHANGES.matcher(sql).find()) {
            Stream.of(parts(sql, COALESCE), cases(sql), between(sql, CONFLICT, AFTER_CONFLICT)).flatMap(parts -> parts).filter(part -> VOLATILE.matcher(part).find()).forEach(refused::add);
        }
        return refused;
    }

    /** The checks without a name of the columns that a migration adds. */
    public static List<String> unnamedChecks(String migration) {
        List<String> unnamed = new ArrayList<>();
        ADDED.matcher(migration).results().forEach(added -> {
            String clause = migration.substring(added.start(), endOfClause(migration, added.end()));
            CHECK.matcher(clause).results().filter(check -> check.group(1) == null).forEach(check -> unnamed.add(clause));
        });
        return unnamed;
    }

    /** What stands in the parentheses that each match opens. */
    private static Stream<String> parts(String sql, Pattern opening) {
        return opening.matcher(sql).results().map(found -> sql.substring(found.end(), closing(sql, found.end())));
    }

    private static Stream<String> cases(String sql) {
        List<String> cases = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        CASE.matcher(sql).results().forEach(word -> {
            if (word.group().equals("case")) {
                open.add(word.end());
            } else if (!open.isEmpty()) {
                cases.add(sql.substring(open.removeLast(), word.start()));
            }
        });
        return cases.stream();
    }

    /** What stands behind each beginning, up to an end or the parenthesis that closes around it. */
    private static Stream<String> between(String sql, Pattern beginning, Pattern end) {
        return beginning.matcher(sql).results().map(found -> {
            Matcher after = end.matcher(sql);
            int last = after.find(found.end()) ? after.start() : sql.length();
            return sql.substring(found.end(), Math.min(last, closing(sql, found.end())));
        });
    }

    private static int closing(String sql, int from) {
        int depth = 0;
        for (int i = from; i < sql.length(); i++) {
            depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
            if (depth < 0) {
                return i;
            }
        }
        return sql.length();
    }

    private static int endOfClause(String sql, int from) {
        int depth = 0;
        for (int i = from; i < sql.length(); i++) {
            char c = sql.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && (c == ',' || c == ';')) {
                return i;
            }
        }
        return sql.length();
    }
}
