/**
 * {@code parlance verify}: checks on a live database that the stored data keeps the contract. {@link
 * chat.parlance.verification.HistoryAudit} checks events one by one, {@link chat.parlance.persistence.HistoryCheck} has
 * the checks within Postgres, {@link chat.parlance.persistence.HistoryReader} reads the data.
 */
@NullMarked
package chat.parlance.verification;

import org.jspecify.annotations.NullMarked;
