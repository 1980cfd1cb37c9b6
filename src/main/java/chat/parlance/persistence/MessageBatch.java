package chat.parlance.persistence;

import chat.parlance.model.Cursor;
import chat.parlance.model.EventBody;
import chat.parlance.model.Mentions;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plain messages of a batch, as parameters and answer of the SQL function {@code append_messages}. A message is plain
 * when it answers no other and names nobody: nothing but its room's row changes with it. Messages get their stamps
 * here, so that the answer has a row for the batch and not one for each message.
 */
final class MessageBatch {

    /** First stamp that no event has. */
    private static final long STAMP_LIMIT = 1L << 48;

    private final List<RoomId> rooms;
    private final int[] roomIndexes;
    private final Integer[] places;
    private final Long[] stamps;
    private final @Nullable Long[] previous;
    private final Integer[] counts;
    private final Long[] lastStamps;
    private final List<NewEvent> messages;

    /** Pairs of room and sender, each once. */
    private final Set<Poster> posters = new LinkedHashSet<>();

    private record Poster(int roomIndex, UserId user) {}

    /** @param random source of the stamps */
    MessageBatch(List<NewEvent> messages, RandomGenerator random) {
        this.messages = messages;
        this.rooms = messages.stream()
                .map(NewEvent::room)
                .distinct()
                .sorted(Comparator.comparing(RoomId::value))
                .toList();
        this.roomIndexes = new int[messages.size()];
        this.places = new Integer[messages.size()];
        this.stamps = new Long[messages.size()];
        this.previous = new Long[messages.size()];
        this.counts = new Integer[rooms.size()];
        this.lastStamps = new Long[rooms.size()];
        place(random);
    }

    /** True when {@code append_messages} can store the event. */
    static boolean isPlain(NewEvent event) {
        return event.body() instanceof EventBody.Message message
                && message.target() == null
                && message.poll() == null
                && Mentions.in(message.text()).isEmpty();
    }

    private void place(RandomGenerator random) {
        Map<RoomId, Integer> indexes = new HashMap<>();
        for (int room = 0; room < rooms.size(); room++) {
            indexes.put(rooms.get(room), room);
            counts[room] = 0;
        }
        for (int i = 0; i < messages.size(); i++) {
            int room = Objects.requireNonNull(indexes.get(messages.get(i).room()));
            roomIndexes[i] = room;
            posters.add(new Poster(room, messages.get(i).sender()));
            places[i] = ++counts[room];
            previous[i] = lastStamps[room];
            stamps[i] = random.nextLong(1, STAMP_LIMIT);
            lastStamps[room] = stamps[i];
        }
    }

    /**
     * Adds the parameters of {@code append_messages}.
     *
     * @param lookUp true when client ids may have been used before
     */
    void addTo(Tuple parameters, boolean lookUp, int lockWaitMs) {
        int size = messages.size();
        Integer[] roomNumbers = new Integer[size];
        String[] senders = new String[size];
        String[] ids = new String[size];
        String[] texts = new String[size];
        for (int i = 0; i < size; i++) {
            NewEvent message = messages.get(i);
            roomNumbers[i] = roomIndexes[i] + 1;
            senders[i] = message.sender().value();
            ids[i] = message.body().id().value();
            texts[i] = ((EventBody.Message) message.body()).text();
        }
        parameters
                .addArrayOfString(rooms.stream().map(RoomId::value).toArray(String[]::new))
                .addArrayOfInteger(counts)
                .addArrayOfLong(lastStamps)
                .addArrayOfInteger(roomNumbers)
                .addArrayOfInteger(places)
                .addArrayOfString(senders)
                .addArrayOfString(ids)
                .addArrayOfString(texts)
                .addArrayOfLong(stamps)
                .addArrayOfLong(previous)
                .addArrayOfInteger(
                        posters.stream().map(poster -> poster.roomIndex() + 1).toArray(Integer[]::new))
                .addArrayOfString(
                        posters.stream().map(poster -> poster.user().value()).toArray(String[]::new))
                .addBoolean(lookUp)
                .addInteger(lockWaitMs);
    }

    /** @param answer of {@code append_messages}: the time, then the heads of the rooms, then the stamps of the heads */
    List<WriteOutcome> outcomes(@Nullable Long[] answer) {
        if (answer.length != 1 + 2 * rooms.size()) {
            throw new IllegalStateException(answer.length + " numbers for " + rooms.size() + " rooms");
        }
        Instant at = Instant.ofEpochMilli(Objects.requireNonNull(answer[0]));
        List<WriteOutcome> outcomes = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            Long head = answer[1 + roomIndexes[i]];
            Long before = previous[i] == null ? answer[1 + rooms.size() + roomIndexes[i]] : previous[i];
            outcomes.add(
                    head == null || before == null
                            ? new WriteOutcome.Locked()
                            : new AppendOutcome.Stored(
                                    new Cursor(head + places[i], new Stamp(stamps[i])),
                                    new Stamp(before),
                                    at,
                                    null,
                                    List.of()));
        }
        return outcomes;
    }
}
