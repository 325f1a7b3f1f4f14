package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.tenancy.Databases;
import social.coral.tenancy.LostAnswers.Break;
import social.coral.tenancy.LostAnswers;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** Batches whose commit got no answer. */
@CoralTest
class CountedBatchTest {

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

    @Test
    void aCommitThatGoesOnWithoutItsClientIsWaitedFor() throws Exception {
        Tenant tenant = Tenants.aTenant(databases);
        CompletableFuture<Void> end = new CompletableFuture<>();
        TenantDoor door = LostAnswers.door(databases, end);

        int added = tenant.call(() -> batch(door).add(() -> {
            end.completeOnTimeout(null, 2, TimeUnit.SECONDS);
            return write(door);
        }));

        assertThat(added).isEqualTo(3).isEqualTo(tenant.call(() -> held(door)));
    }

    @Test
    void aCommitThatDoesNotEndIsNotTakenForOneThatFailed() throws Exception {
        Tenant tenant = Tenants.aTenant(databases);
        CompletableFuture<Void> end = new CompletableFuture<>();
        TenantDoor door = LostAnswers.door(databases, end);

        assertThatThrownBy(() -> tenant.call(() -> batch(door).add(() -> write(door))))
                .isInstanceOfSatisfying(CountedBatch.Unsure.class, unsure -> assertThat(unsure.rows()).isEqualTo(3));

        end.complete(null);
        int held = tenant.call(() -> held(door));
        assertThat(held).isEqualTo(3);
    }

    private static CountedBatch batch(TenantDoor door) {
        return new CountedBatch(door, transaction -> door.sql("select count(*) from public.tweets where user_id = :tenant and xmin = cast(cast(:transaction as xid8) as xid)")
                .param("transaction", transaction)
                .one(row -> row.getInt(1)));
    }

    private static CountedBatch.Written write(TenantDoor door) {
        return CountedBatch.Written.by(door.sql("insert into public.tweets (content) values ('one'), ('two'), ('three') returning cast(pg_current_xact_id() as text)"), row -> {});
    }

    private static int held(TenantDoor door) {
        return door.sql("select count(*) from public.tweets where user_id = :tenant").one(row -> row.getInt(1));
    }
}
