/**
 * WebSockets (RFC 6455), one transport of connections. {@link chat.parlance.websocket.WebSocketVerticle} holds one event
 * loop's hub and connections; {@link chat.parlance.websocket.Handshake} opens them; {@link
 * chat.parlance.websocket.FrameChannel} is the strict end of the protocol. Only the main class uses it.
 */
@NullMarked
package chat.parlance.websocket;

import org.jspecify.annotations.NullMarked;
