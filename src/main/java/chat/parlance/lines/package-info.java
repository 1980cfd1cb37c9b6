/**
 * Line mode, for people at a terminal (the subprotocol {@code parlance.v1.lines}): {@link
 * chat.parlance.lines.LineConversation} processes lines, {@link chat.parlance.lines.LineCommands} joins the tables of the
 * commands, {@link chat.parlance.lines.LineCodec} writes frames and events as text. docs/PROTOCOL.md describes it.
 */
@NullMarked
package chat.parlance.lines;

import org.jspecify.annotations.NullMarked;
