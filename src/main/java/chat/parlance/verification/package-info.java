/**
 * {@code parlance verify}: proves on a live database that what is stored keeps the contract. {@link
 * chat.parlance.verification.HistoryAudit} judges, {@link chat.parlance.persistence.HistoryReader} reads.
 */
@NullMarked
package chat.parlance.verification;

import org.jspecify.annotations.NullMarked;
