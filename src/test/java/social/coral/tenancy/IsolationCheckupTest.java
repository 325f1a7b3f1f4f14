package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding.Level;
import social.coral.installation.Finding;

@CoralTest
class IsolationCheckupTest {

    @Autowired
    DatabaseServer server;

    @Test
    void everyClaimHoldsInTheDatabaseThatTheMigrationsMake() {
        assertThat(IsolationCheckup.of(server)).hasSizeGreaterThan(IsolationCheckup.claims().size() - 1)
                .filteredOn(finding -> finding.level() == Level.FAULT).isEmpty();
    }

    /** A migration that forgets one thing: what it does, the claim it breaks, the object that must be named. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create table public.forgotten (user_id uuid not null primary key)                            | row security     | forgotten
            create table public.forgotten (user_id uuid not null primary key)                            | policy           | forgotten
            create table public.forgotten (id uuid primary key)                                          | tenant column    | forgotten
            create table public.forgotten (user_id uuid primary key); alter table public.forgotten alter user_id type text | tenant column | forgotten
            create table public.forgotten (user_id uuid not null)                                        | keys             | forgotten has no primary key
            alter table public.tweets no force row level security                                    | row security     | tweets
            alter table public.tweets disable row level security                                     | row security     | tweets
            drop policy tenant on public.tweets                                                      | policy           | tweets
            alter policy tenant on public.tweets to public                                           | policy           | tweets
            alter policy tenant on public.tweets to authenticated, anon                              | policy           | tweets
            alter policy tenant on public.tweets using (true)                                        | policy           | tweets
            alter policy tenant on public.tweets with check (true)                                   | policy           | tweets
            alter policy tenant on public.tweets using (user_id = (select auth.uid()))               | policy           | tweets
            create policy more on public.tweets for select to authenticated using (status = 'published') | policy       | tweets
            alter table public.tweets add unique (id)                                                | keys             | tweets.tweets_id_key
            alter table public.tweets add author uuid references auth.users (id)                     | keys             | tweets.tweets_author_fkey
            create index astray on public.tweets (status, user_id)                                   | indexes          | astray
            create unique index astray on public.tweets (id)                                         | indexes          | astray
            grant truncate on public.tweets to authenticated                                         | grants           | tweets: TRUNCATE to authenticated
            grant references on public.tweets to authenticated                                       | grants           | tweets: REFERENCES to authenticated
            grant trigger on public.tweets to coral_tenant                                           | grants           | tweets: TRIGGER to coral_tenant
            grant select on public.tweets to anon                                                    | grants           | tweets: SELECT to anon
            grant select on public.tweets to public                                                  | grants           | tweets: SELECT to public
            grant select on public.tweets to authenticated with grant option                         | grants           | tweets: SELECT to authenticated
            grant delete on public.agent_logs to authenticated                                       | append only      | agent_logs: delete
            grant update (details) on public.agent_logs to authenticated                             | append only      | agent_logs: update
            grant update (subscription_tier) on public.user_profiles to authenticated                | guarded columns  | user_profiles.subscription_tier
            grant update (api_usage_limit) on public.user_profiles to authenticated                  | guarded columns  | user_profiles.api_usage_limit
            grant update (user_id) on public.tweets to coral_tenant                                  | guarded columns  | tweets.user_id
            grant update on public.tweets to authenticated                                           | guarded columns  | tweets.user_id
            create function public.f() returns int language sql security definer as 'select 1'       | definers         | f()
            alter function jobs.announce(text, text, timestamptz) reset search_path                  | definers         | jobs.announce
            grant execute on function usage.settle(uuid, uuid, jsonb) to public | definers | usage.settle
            create function public.f() returns int language sql as 'select 1'                        | callable         | f()
            create view public.peek as select * from public.tweets                                   | views            | peek
            create materialized view public.peek as select * from public.tweets                      | views            | peek
            create sequence public.numbers                                                           | sequences        | numbers
            create type public.mood as enum ('good')                                                 | sequences        | mood
            create rule r as on delete to public.tweets do instead nothing                           | triggers         | tweets.r
            grant select on auth.users to authenticated                                              | other schemas    | auth.users
            grant select on jobs.scheduled_tasks to coral_tenant                                     | other schemas    | jobs.scheduled_tasks
            grant usage on schema tenancy to public; grant select on tenancy.claims_key to public    | other schemas    | tenancy.claims_key
            alter table public.tweets add draft bytea                                                | exports          | tweets.draft
            alter table public.tweets add edit_token text                                            | exports          | tweets.edit_token
            grant create on schema public to authenticated                                           | roles            | authenticated may create in schema public
            grant create on schema public to public                                                  | roles            | public may create in schema public
            grant anon to coral_tenant                                                               | roles            | coral_tenant is a member of anon
            alter function auth.uid() immutable                                                      | claims           | auth.uid()
            create or replace function auth.uid() returns uuid language sql stable security definer set search_path = '' as 'select null::uuid /* claims_signature */' | functions | auth.uid()
            create or replace function jobs.withdraw(task text, key text) returns void language sql security definer set search_path = '' as 'select' | functions | jobs.withdraw
            alter table public.tweets add note text                                                  | lengths          | tweets.note
            alter table public.tweets add notes varchar[]                                            | lengths          | tweets.notes
            alter table public.tweets add note jsonb check (jsonb_typeof(note) = 'object')           | lengths          | tweets.note
            alter table public.tweets add note bytea check (note <> '')                              | lengths          | tweets.note
            alter table public.tweets add note text check (length(note) <= 10 or note ~ 'x')         | lengths          | tweets.note
            alter table public.tweets add note text check (length(note) <= 2000000)                  | lengths          | tweets.note
            alter table public.tweets add note text check (length(note) >= 10)                       | lengths          | tweets.note
            alter table public.tweets add a text; alter table public.tweets add check (length(a) < 9) not valid | lengths | tweets.a
            alter table public.x_accounts drop constraint x_accounts_display_name_length             | lengths          | x_accounts.display_name
            alter table public.tweets add seen_at timestamptz                                        | ranges           | tweets.seen_at
            alter table public.tweets add seen_on date check (seen_on > '2000-01-01')                | ranges           | tweets.seen_on
            alter table public.tweets add seen_at timestamptz check (seen_at >= '-infinity' and seen_at <= 'infinity') | ranges | tweets.seen_at
            alter table public.tweets add takes interval                                             | ranges           | tweets.takes
            alter table public.tweets drop constraint tweets_created_at_range                        | ranges           | tweets.created_at
            alter table public.audit_log drop constraint audit_log_at_range                          | ranges           | audit_log.at
            create table public.forgotten (user_id uuid not null primary key)                            | rows             | forgotten
            delete from tenancy.tables where relation = 'tweets'                                     | rows             | tweets
            """)
    void aMigrationThatForgetsOneThingIsNamed(String migration, String claim, String object) throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("set local lock_timeout = '5s'");
            statement.execute(migration);
            List<Finding> findings = IsolationCheckup.of(owner);
            owner.rollback();

            assertThat(findings).filteredOn(finding -> finding.subject().equals(claim))
                    .singleElement()
                    .matches(finding -> finding.level() == Level.FAULT, "is a fault")
                    .matches(finding -> finding.sentence().contains(object), "names " + object);
        }
    }

    @Test
    void everyClaimCanBeBroken() throws Exception {
        String table = IsolationCheckupTest.class.getDeclaredMethod("aMigrationThatForgetsOneThingIsNamed", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class).textBlock();

        assertThat(IsolationCheckup.claims().stream().map(Claim::title)).allMatch(title -> table.contains("| " + title));
    }
}
