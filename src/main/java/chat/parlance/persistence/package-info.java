/**
 * Storage in Postgres. {@link chat.parlance.persistence.PersistenceVerticle} commits messages in groups; {@link
 * chat.parlance.persistence.PostgresEventStore} hands them over, from any event loop of any node. The repositories
 * contain their SQL, the migrations the schema; {@link chat.parlance.persistence.EmbeddedDatabase} is the database of a
 * node without a configured one. Implements the ports of room and auth; the only package that uses the SQL client.
 */
@NullMarked
package chat.parlance.persistence;

import org.jspecify.annotations.NullMarked;
