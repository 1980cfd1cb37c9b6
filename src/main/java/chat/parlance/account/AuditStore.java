package chat.parlance.account;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Audit trail; the stores of the acts write it. */
public interface AuditStore {

    /**
     * Entries before the one with this id, the newest first.
     *
     * @param action null for any
     */
    Future<List<AuditEntry>> before(long id, @Nullable String action, int limit);

    /** Entries after the one with this id, the oldest first. */
    Future<List<AuditEntry>> after(long id, int limit);
}
