package social.coral.knowledge;

import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** Which model the current tenant's texts are to be embedded by. */
@Component
class EmbeddingChoices {

    private final TenantDoor door;

    EmbeddingChoices(TenantDoor door) {
        this.door = door;
    }

    EmbeddingChoice current() {
        return door.sql("select embeddings from public.knowledge_settings where user_id = :tenant")
                .first(row -> Columns.word(row, "the choice of how texts are searched", "embeddings", EmbeddingChoice::named))
                .orElse(EmbeddingChoice.BUILT_IN);
    }

    void save(EmbeddingChoice choice) {
        door.sql("""
                insert into public.knowledge_settings (embeddings) values (:embeddings)
                on conflict (user_id) do update set embeddings = excluded.embeddings, updated_at = excluded.updated_at
                """)
                .param("embeddings", choice)
                .update();
        door.audit("embeddings.changed", choice);
    }
}
