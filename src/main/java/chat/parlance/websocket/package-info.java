/**
 * WebSocket endpoints. {@link chat.parlance.websocket.WebSocketVerticle} holds one event loop's hub and connections;
 * {@link chat.parlance.websocket.FrameChannel} is the strict end of RFC 6455; {@link
 * chat.parlance.websocket.Connection} is one client's state; the two conversations speak its language, JSON frames or
 * lines. {@link chat.parlance.websocket.LineCommands} joins the tables of the line commands. Uses room, search, auth,
 * protocol and http; only the main class uses it.
 */
@NullMarked
package chat.parlance.websocket;

import org.jspecify.annotations.NullMarked;
