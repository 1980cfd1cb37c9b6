/**
 * The delivery contract's rules. {@link chat.parlance.room.RoomService} checks what users may do; {@link
 * chat.parlance.room.RoomHub} puts the events of live rooms in order and delivers them to the members on one event
 * loop. Their ports to the outside are {@link chat.parlance.room.EventStore}, {@link chat.parlance.room.RoomStore},
 * {@link chat.parlance.room.NodeBus} and {@link chat.parlance.room.Scheduler}, so the same code runs on Postgres and a
 * cluster, and in a simulation. Depends on model, error, the JDK and Vert.x's futures alone.
 */
@NullMarked
package chat.parlance.room;

import org.jspecify.annotations.NullMarked;
