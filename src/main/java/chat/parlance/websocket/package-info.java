/**
 * The WebSocket door. {@link chat.parlance.websocket.WebSocketVerticle} holds one event loop's hub and connections;
 * {@link chat.parlance.websocket.FrameChannel} is the strict end of RFC 6455; {@link
 * chat.parlance.websocket.Connection} is one client's state; the two conversations speak its language, JSON frames or
 * lines. What a person can type is in the tables that {@link chat.parlance.websocket.LineCommands} joins. Knows room, search, auth, protocol and http; nothing knows it but the main class.
 */
@NullMarked
package chat.parlance.websocket;

import org.jspecify.annotations.NullMarked;
