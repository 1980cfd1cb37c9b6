package chat.parlance.connection;

import org.jspecify.annotations.Nullable;

/**
 * Timer wheel of one event loop (Varghese and Lauck, 1987): a tick runs the timers that are due and touches no other,
 * so that a connection costs nothing while nothing of it is due. Setting and cancelling a timer take constant time.
 * Belongs to the event loop.
 */
final class TimerWheel {

    /** Interval of the ticks, which is the resolution of the timers. */
    static final int TICK_MS = 250;

    /** Ticks of one turn of the wheel. A timer that is set for longer runs at the end of the turn, and is set again. */
    static final int SLOTS = 64;

    /** Owner of a timer. */
    @FunctionalInterface
    interface Owner {

        /**
         * Called at the tick in which the timer is due, or earlier.
         *
         * @return time at which it is due next
         */
        long tick(long nowMs);
    }

    /** One timer, linked to the others of its slot. */
    static final class Timer {

        private final Owner owner;
        private int slot;
        private boolean cancelled;
        private @Nullable Timer previous;
        private @Nullable Timer next;

        private Timer(Owner owner) {
            this.owner = owner;
        }
    }

    private final @Nullable Timer[] slots = new Timer[SLOTS];
    private long ticks;

    /** @param nowMs time of a monotonic clock, as in all methods */
    TimerWheel(long nowMs) {
        this.ticks = Math.floorDiv(nowMs, TICK_MS);
    }

    /** Creates a timer that is due at that time. */
    Timer add(Owner owner, long dueMs) {
        Timer timer = new Timer(owner);
        link(timer, dueMs);
        return timer;
    }

    /** Sets a timer for another time. */
    void move(Timer timer, long dueMs) {
        if (!timer.cancelled) {
            unlink(timer);
            link(timer, dueMs);
        }
    }

    /** Ends a timer; may be called while it runs. */
    void cancel(Timer timer) {
        if (!timer.cancelled) {
            unlink(timer);
            timer.cancelled = true;
        }
    }

    /** Runs the timers that are due. Called at each tick, or less often by an event loop that is late. */
    void tick(long nowMs) {
        long last = Math.floorDiv(nowMs, TICK_MS);
        // More turns than one would visit the same slots again.
        ticks = Math.max(ticks, last - SLOTS);
        while (ticks < last) {
            ticks++;
            int slot = slotOf(ticks);
            for (Timer due = slots[slot]; due != null; due = slots[slot]) {
                // Linked ahead of its run, and never into this slot, so that its owner may move or cancel it.
                unlink(due);
                link(due, nowMs + (long) SLOTS * TICK_MS);
                move(due, due.owner.tick(nowMs));
            }
        }
    }

    private void link(Timer timer, long dueMs) {
        long tick = Math.clamp(Math.ceilDiv(dueMs, TICK_MS), ticks + 1, ticks + SLOTS - 1);
        int slot = slotOf(tick);
        Timer first = slots[slot];
        timer.slot = slot;
        timer.previous = null;
        timer.next = first;
        if (first != null) {
            first.previous = timer;
        }
        slots[slot] = timer;
    }

    private void unlink(Timer timer) {
        Timer before = timer.previous;
        Timer after = timer.next;
        if (before == null) {
            slots[timer.slot] = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        timer.previous = null;
        timer.next = null;
    }

    private static int slotOf(long tick) {
        return Math.floorMod(tick, SLOTS);
    }
}
