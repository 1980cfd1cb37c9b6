/**
 * Postgres, and all that knows it. {@link chat.parlance.persistence.PersistenceVerticle} commits messages in groups;
 * {@link chat.parlance.persistence.PostgresEventStore} brings them there, from any event loop of any node. The
 * repositories hold their SQL, the migrations the schema; {@link chat.parlance.persistence.EmbeddedDatabase} is the
 * database of a node that was given none. Implements the ports of room and auth; the only package that uses the SQL client.
 */
@NullMarked
package chat.parlance.persistence;

import org.jspecify.annotations.NullMarked;
