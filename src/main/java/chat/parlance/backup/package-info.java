/**
 * {@code parlance backup} and {@code parlance restore}: all state of a server in one file. {@link
 * chat.parlance.backup.BackupWriter} and {@link chat.parlance.backup.BackupFile} have the form of the file, {@link
 * chat.parlance.persistence.DatabaseSnapshot} and {@link chat.parlance.persistence.DatabaseLoad} the rows.
 */
@NullMarked
package chat.parlance.backup;

import org.jspecify.annotations.NullMarked;
