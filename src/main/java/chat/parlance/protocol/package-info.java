/**
 * The wire as types and their two encodings: {@link chat.parlance.protocol.JsonCodec} for programs, {@link
 * chat.parlance.protocol.LineCodec} for people at a terminal. docs/PROTOCOL.md describes them. Depends on model and
 * error; uses no socket.
 */
@NullMarked
package chat.parlance.protocol;

import org.jspecify.annotations.NullMarked;
