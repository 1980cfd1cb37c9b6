package chat.parlance.account;

import io.vertx.core.Future;
import java.util.List;

/** Audit trail; the stores of the acts write it. */
public interface AuditStore {

    /** Entries before the one with this id, the newest first. */
    Future<List<AuditEntry>> before(long id, int limit);

    /** Entries after the one with this id, the oldest first. */
    Future<List<AuditEntry>> after(long id, int limit);
}
