package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.Tenants;

/** The driver treats a statement with a null differently from its second execution on, so each is executed again. */
@CoralTest
class AbsentValueTest {

    @Autowired
    private TenantDoor door;

    @Autowired
    private Databases databases;

    @RepeatedTest(3)
    void aFilterThatIsLeftOpenFindsTheRowsEachTime() throws Exception {
        List<String> names = Tenants.aTenant(databases).call(() -> door.sql("""
                select name from public.personas where user_id = :tenant and (:name::text is null or name = :name)
                """).param("name", null).list(row -> row.getString(1)));
        assertThat(names).containsExactly("My voice");
    }

    @RepeatedTest(3)
    void aRowWithoutAValueCanBeWrittenEachTime() throws Exception {
        String content = Tenants.aTenant(databases).call(() -> door.sql("""
                insert into public.tweets (content, scheduled_for) values ('A post without a plan', :scheduled_for) returning content
                """).param("scheduled_for", null).one(row -> row.getString(1)));
        assertThat(content).isEqualTo("A post without a plan");
    }
}
