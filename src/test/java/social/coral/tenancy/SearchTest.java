package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static social.coral.Tenants.aTenant;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.api.Failure;

@CoralTest
class SearchTest {

    @Autowired
    Databases databases;

    @Autowired
    TenantDoor door;

    @Test
    void aSearchThatTakesTooLongIsStoppedAndSaysSo() {
        aTenant(databases).run(() -> assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> door.sql("select count(*) from generate_series(1, 2000000000) where cardinality(:words) > 0").likeWords("a").one(row -> row.getLong(1)))
                .matches(failure -> failure.code().equals("search_too_long")));
    }

    @Test
    void aSearchLeavesNoTimeLimitBehind() throws Exception {
        Tenant tenant = aTenant(databases);
        for (int i = 0; i < 5; i++) {
            String during = tenant.call(() -> door.sql("select current_setting('statement_timeout') from (select :words) as w").likeWords("a").one(row -> row.getString(1)));
            String after = tenant.call(() -> door.sql("select current_setting('statement_timeout')").one(row -> row.getString(1)));
            assertThat(during).isEqualTo("3s");
            assertThat(after).isEqualTo("30s");
        }
    }

    @Test
    void aTenantWhoSearchesKeepsNobodyElseFromSearching() throws Exception {
        CountDownLatch searching = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(() -> aTenant(databases).run(() -> door.search(() -> {
            searching.countDown();
            try {
                return enough.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        })));
        searching.await();

        String found = aTenant(databases).call(() -> door.sql("select (:words)[1]").likeWords("b").one(row -> row.getString(1)));
        assertThat(found).isEqualTo("%b%");

        enough.countDown();
        first.join();
    }
}
