package social.coral.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The direct query over JDBC, where pgbench is not to be had. */
final class DirectJdbc {

    private final Product product;
    private final int clients;

    DirectJdbc(Product product, int clients) {
        this.product = product;
        this.clients = clients;
    }

    double perSecond(Duration time) {
        long start = System.nanoTime();
        long queries = Load.atOnce(clients, () -> queries(start + time.toNanos())).stream().mapToLong(Long::longValue).sum();
        return queries / ((System.nanoTime() - start) / 1e9);
    }

    private long queries(long deadline) throws SQLException, IOException {
        long queries = 0;
        try (Connection connection = product.database();
                PreparedStatement query = connection.prepareStatement(
                        "select * from public.tweets where user_id = ? order by created_at desc, id limit 50")) {
            while (System.nanoTime() < deadline) {
                long person = Tenants.FIRST + ThreadLocalRandom.current().nextInt(Tenants.COUNT);
                query.setObject(1, UUID.fromString(Tenants.ID_PREFIX + person));
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        rows.getString("content");
                    }
                }
                queries++;
            }
        }
        return queries;
    }
}
