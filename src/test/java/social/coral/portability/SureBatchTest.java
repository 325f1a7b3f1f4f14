package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.tenancy.Databases;
import social.coral.tenancy.LostAnswers;
import social.coral.tenancy.LostAnswers.Break;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** Batches whose commit got no answer. */
@CoralTest
class SureBatchTest {

    @Autowired
    private Databases databases;

    @Test
    void aBatchThatWasCommittedCountsAlthoughTheAnswerWasLost() throws Exception {
        Tenant tenant = Tenants.aTenant(databases);
        TenantDoor door = LostAnswers.door(databases, Break.AFTER_THE_COMMIT);

        int added = tenant.call(() -> batch(door).add(() -> write(door)));

        assertThat(added).isEqualTo(3).isEqualTo(tenant.call(() -> held(door)));
    }

    @Test
    void aBatchThatWasNotCommittedDoesNotCount() throws Exception {
        Tenant tenant = Tenants.aTenant(databases);
        TenantDoor door = LostAnswers.door(databases, Break.BEFORE_THE_COMMIT);

        assertThatThrownBy(() -> tenant.call(() -> batch(door).add(() -> write(door)))).isInstanceOf(DataAccessResourceFailureException.class);

        int held = tenant.call(() -> held(door));
        assertThat(held).isZero();
    }

    private static SureBatch batch(TenantDoor door) {
        return new SureBatch(door, transaction -> door.sql("select count(*) from public.tweets where user_id = :tenant and cast(xmin as text) = :xmin")
                .param("xmin", transaction)
                .one(row -> row.getInt(1)));
    }

    private static SureBatch.Written write(TenantDoor door) {
        return SureBatch.Written.by(door.sql("insert into public.tweets (content) values ('one'), ('two'), ('three') returning cast(xmin as text)"));
    }

    private static int held(TenantDoor door) {
        return door.sql("select count(*) from public.tweets where user_id = :tenant").one(row -> row.getInt(1));
    }
}
