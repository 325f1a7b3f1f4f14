package social.coral.tenancy;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One statement against one table, made from what the catalogue says of the table and from a row that the victim has in it.
 *
 * @param sql with {@code VICTIM} and {@code ATTACKER} for the two tenants' ids
 * @param how what happens to it
 */
record TableAttack(String sql, How how) {

    enum How {
        /** Runs and is committed. */
        RUN,
        /** Runs and is rolled back at once: its lock would outlive the test's purpose. */
        ROLLED_BACK,
        COPY_OUT,
        COPY_IN
    }

    /** What the catalogue says of a table. */
    record Table(String name, List<String> columns, List<String> key, String victimsRow) {}

    static List<TableAttack> on(Table table) {
        String name = "public." + table.name();
        String key = String.join(", ", table.key());
        String copy = "insert into " + name + " select * from jsonb_populate_record(null::" + name + ", '" + table.victimsRow().replace("'", "''") + "')";
        Stream<String> run = Stream.of(
                "select * from " + name,
                "table only " + name,
                "select * from " + name + " where user_id = 'VICTIM'",
                "select to_jsonb(t) from " + name + " t where user_id = any (array['VICTIM'::uuid])",
                "select count(*) from " + name + " where user_id = 'VICTIM' having count(*) > 0",
                "select user_id, count(*) from " + name + " group by user_id",
                "select * from " + name + " a join " + name + " b on a.user_id <> b.user_id",
                "select * from " + name + " where exists (select from " + name + " o where o.user_id = 'VICTIM')",
                "with recursive r as (select * from " + name + ") select * from r",
                "select * from " + name + " for update",
                "select * from " + name + " where user_id = 'VICTIM' for update nowait",
                "select * from " + name + " where user_id = 'VICTIM' for share skip locked",
                "select * from " + name + " where user_id = 'VICTIM' for key share",
                "select * from " + name + " tablesample system (100)",
                "declare peek cursor for select * from " + name + "; fetch all from peek",
                "explain analyze select * from " + name + " where user_id = 'VICTIM'",
                copy,
                copy + " returning *",
                copy + " on conflict do nothing",
                copy + " on conflict (" + key + ") do update set user_id = 'ATTACKER'",
                copy + " on conflict (" + key + ") do update set (" + key + ") = (select " + key + " from " + name + " limit 1) returning *",
                "insert into " + name + " (user_id) values ('VICTIM')",
                "insert into " + name + " select * from " + name + " where user_id = 'VICTIM'",
                "update " + name + " set user_id = 'ATTACKER' where user_id = 'VICTIM'",
                "update " + name + " set user_id = 'VICTIM'",
                "update " + name + " set user_id = default where user_id = 'VICTIM' returning *",
                "update only " + name + " a set user_id = b.user_id from " + name + " b where b.user_id = 'VICTIM'",
                "merge into " + name + " t using (select 'VICTIM'::uuid as u) s on t.user_id = s.u when matched then delete",
                "merge into " + name + " t using (select 'VICTIM'::uuid as u) s on t.user_id = s.u when not matched then insert (user_id) values ('VICTIM')",
                "delete from " + name + " where user_id = 'VICTIM'",
                "delete from " + name + " where user_id = 'VICTIM' returning *",
                "delete from " + name + " a using " + name + " b where a.user_id <> b.user_id",
                "truncate " + name,
                "truncate " + name + " cascade",
                "alter table " + name + " no force row level security",
                "alter table " + name + " disable row level security",
                "create policy mine on " + name + " using (true)",
                "create index on " + name + " (user_id)",
                "create trigger peek after insert on " + name + " execute function suppress_redundant_updates_trigger()",
                "create rule peek as on delete to " + name + " do instead nothing",
                "comment on table " + name + " is 'mine'",
                "grant select on " + name + " to public",
                "drop table " + name + " cascade");
        Stream<String> columns = table.columns().stream().map(column -> "update " + name + " set " + column + " = " + column + " where user_id = 'VICTIM'");
        Stream<String> locks = Stream.of("access share", "row exclusive", "share", "exclusive", "access exclusive")
                .map(mode -> "lock table " + name + " in " + mode + " mode nowait; select * from " + name);
        return Stream.of(
                        Stream.concat(run, columns).map(sql -> new TableAttack(sql, How.RUN)),
                        // Without a predicate: what they reach is the attacker's own, which stays for the next.
                        Stream.concat(locks, Stream.of("delete from " + name, everyColumn(name, table.columns()))).map(sql -> new TableAttack(sql, How.ROLLED_BACK)),
                        Stream.of("copy " + name + " to stdout", "copy (select * from " + name + ") to stdout",
                                        "copy (delete from " + name + " where user_id = 'VICTIM' returning *) to stdout")
                                .map(sql -> new TableAttack(sql, How.COPY_OUT)),
                        Stream.of(new TableAttack("copy " + name + " (user_id) from stdin", How.COPY_IN)))
                .flatMap(attacks -> attacks)
                .toList();
    }

    private static String everyColumn(String name, List<String> columns) {
        return "update " + name + " set " + columns.stream().map(column -> column + " = " + column).collect(Collectors.joining(", "));
    }

    String against(UUID victim, UUID attacker) {
        return sql.replace("VICTIM", victim.toString()).replace("ATTACKER", attacker.toString());
    }
}
