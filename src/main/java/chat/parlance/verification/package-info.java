/**
 * {@code parlance verify}: proves on a live database that what is stored keeps the contract. {@link
 * chat.parlance.verification.HistoryAudit} judges events one by one, {@link
 * chat.parlance.persistence.HistoryCheck} is what Postgres can find by itself, {@link
 * chat.parlance.persistence.HistoryReader} reads.
 */
@NullMarked
package chat.parlance.verification;

import org.jspecify.annotations.NullMarked;
