/**
 * Frames and close codes: the messages between clients and server, in no language. Depends on model and error; uses no
 * socket.
 */
@NullMarked
package chat.parlance.protocol;

import org.jspecify.annotations.NullMarked;
