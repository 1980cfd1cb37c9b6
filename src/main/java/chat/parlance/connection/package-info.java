/**
 * Connections of clients, in whichever language and over whichever transport: {@link
 * chat.parlance.connection.Connection} is one client's state, {@link chat.parlance.connection.Language} the port to the
 * language it speaks, {@link chat.parlance.connection.Channel} the port to what carries its messages. Uses room, auth,
 * limit and protocol; the packages json and lines implement the one port, websocket the other.
 */
@NullMarked
package chat.parlance.connection;

import org.jspecify.annotations.NullMarked;
