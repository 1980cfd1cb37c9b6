/**
 * Alphabet of the event bus between nodes: its addresses, and the binary form of what is sent. {@link
 * chat.parlance.bus.BusWriter} writes it, {@link chat.parlance.bus.BusReader} reads it. Uses model; cluster and
 * persistence use it.
 */
@NullMarked
package chat.parlance.bus;

import org.jspecify.annotations.NullMarked;
