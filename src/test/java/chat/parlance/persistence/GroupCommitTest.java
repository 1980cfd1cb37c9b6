package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.operations.Metrics;
import chat.parlance.room.Fixtures;
import chat.parlance.room.NewEvent;
import chat.parlance.testing.Counters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class GroupCommitTest {

    private static final WriteOutcome LOCKED = new WriteOutcome.Locked();

    private final List<List<NewEvent>> written = new ArrayList<>();
    private final List<Integer> waits = new ArrayList<>();
    private final List<Promise<List<WriteOutcome>>> answers = new ArrayList<>();
    private final List<Event> published = new ArrayList<>();
    private long nowNs;
    private final Metrics metrics = new Metrics();
    private final GroupCommit commit = new GroupCommit(
            (batch, lockWaitMs) -> {
                written.add(batch);
                waits.add(lockWaitMs);
                answers.add(Promise.promise());
                return answers.getLast().future();
            },
            published::addAll,
            new CommitSettings(new CommitSettings.Connections(1, 2), new CommitSettings.Queue(3, 5, 4), 1000),
            500,
            metrics.store(),
            () -> nowNs);

    @Test
    void shouldSendASingleMessageAtOnce() {
        commit.append(message("a"));
        assertThat(written).hasSize(1);
    }

    @Test
    void shouldGatherTheNextBatchWhileOneIsUnderWay() {
        commit.append(message("a"));
        commit.append(message("b"));
        commit.append(message("c"));
        assertThat(written).hasSize(1);
        store(1);
        assertThat(written.getLast())
                .extracting(event -> event.body().id())
                .containsExactly(new ClientId("b"), new ClientId("c"));
    }

    @Test
    void shouldNeitherAnswerNorPublishBeforeTheCommit() {
        Future<AppendOutcome> outcome = commit.append(message("a"));
        assertThat(outcome.isComplete()).isFalse();
        assertThat(published).isEmpty();
        store(7);
        assertThat(outcome.result())
                .isEqualTo(new AppendOutcome.Stored(
                        Fixtures.cursor(7), Fixtures.stamp(6), Instant.EPOCH, null, List.of()));
        assertThat(published).extracting(Event::seq).containsExactly(7L);
    }

    @Test
    void shouldPublishNothingOfABatchWithAnUnknownOutcome() {
        Future<AppendOutcome> outcome = commit.append(message("a"));
        answers.getFirst().fail("connection lost");
        assertThat(outcome.result()).isEqualTo(new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(published).isEmpty();
        assertThat(counted("parlance_commit_unknown_total")).isEqualTo(1);
    }

    @Test
    void shouldGoOnAfterAFailedBatch() {
        commit.append(message("a"));
        Future<AppendOutcome> next = commit.append(message("b"));
        answers.getFirst().fail("connection lost");
        store(1);
        assertThat(next.result()).isInstanceOf(AppendOutcome.Stored.class);
    }

    @Test
    void shouldKeepTwoSendsOfOneIdOutOfOneBatch() {
        commit.append(message("x"));
        commit.append(message("a"));
        commit.append(message("a"));
        store(1);
        assertThat(written.getLast()).hasSize(1);
        store(2);
        assertThat(written).hasSize(3);
    }

    @Test
    void shouldStoreOneIdForTwoRoomsInOneBatch() {
        commit.append(message("x"));
        commit.append(message("a"));
        commit.append(message("another-room", "a"));
        store(1);
        assertThat(written.getLast()).hasSize(2);
    }

    @Test
    void shouldRefuseEventsBeyondTheQueue() {
        for (int i = 0; i < 5; i++) {
            commit.append(message("room-" + i, "m" + i));
        }
        assertThat(commit.append(message("late")).result())
                .isEqualTo(new AppendOutcome.Refused(ErrorCode.SERVER_OVERLOADED));
        assertThat(counted("parlance_commit_refused_total{reason=\"full\"}")).isEqualTo(1);
        assertThat(counted("parlance_commit_waiting")).isEqualTo(5);
        store(1);
        assertThat(commit.append(message("now")).isComplete()).isFalse();
    }

    @Test
    void shouldLeaveOthersTheirShareWhenOneRoomIsFlooded() {
        for (int i = 0; i < 4; i++) {
            commit.append(message("m" + i));
        }
        assertThat(commit.append(message("late")).result())
                .isEqualTo(new AppendOutcome.Refused(ErrorCode.SERVER_OVERLOADED));
        assertThat(counted("parlance_commit_refused_total{reason=\"room_full\"}"))
                .isEqualTo(1);
        assertThat(commit.append(message("other", "m")).isComplete()).isFalse();
    }

    @Test
    void shouldNotWriteEventsOfSendersThatGaveUp() {
        commit.append(message("a"));
        Future<AppendOutcome> late = commit.append(message("b"));
        nowNs = TimeUnit.MILLISECONDS.toNanos(1001);
        Future<AppendOutcome> fresh = commit.append(message("c"));
        store(1);
        assertThat(late.result()).isEqualTo(new AppendOutcome.Refused(ErrorCode.SERVER_OVERLOADED));
        assertThat(counted("parlance_commit_refused_total{reason=\"late\"}")).isEqualTo(1);
        assertThat(written.getLast()).extracting(event -> event.body().id()).containsExactly(new ClientId("c"));
        assertThat(fresh.isComplete()).isFalse();
    }

    @Test
    void shouldBeIdleWhenAllIsAnswered() {
        commit.append(message("a"));
        commit.append(message("b"));
        Future<Void> idle = commit.idle();
        store(1);
        assertThat(idle.isComplete()).isFalse();
        store(2);
        assertThat(idle.succeeded()).isTrue();
        assertThat(counted("parlance_commit_waiting")).isZero();
    }

    @Test
    void shouldNotChangeOneMessageTwiceInOneBatch() {
        commit.append(message("first"));
        commit.append(edit("a", 7));
        commit.append(edit("b", 8));
        commit.append(edit("c", 7));
        store(10);
        assertThat(written.getLast())
                .extracting(event -> event.body().id())
                .containsExactly(new ClientId("a"), new ClientId("b"));
        store(11);
        assertThat(written.getLast()).extracting(event -> event.body().id()).containsExactly(new ClientId("c"));
    }

    @Test
    void shouldStoreTheOtherRoomsOfABatchWhenOneIsLocked() {
        commit.append(message("first", "m"));
        Future<AppendOutcome> stuck = commit.append(message("stuck", "a"));
        Future<AppendOutcome> other = commit.append(message("other", "b"));
        store(1);
        answers.getLast().complete(List.of(LOCKED, stored(5)));
        assertThat(other.result()).isEqualTo(stored(5));
        assertThat(published).extracting(event -> event.room().value()).containsExactly("first", "other");
        assertThat(stuck.isComplete()).isFalse();
        assertThat(counted("parlance_commit_passed_over_total")).isEqualTo(1);
    }

    @Test
    void shouldWaitForLockedRoomsTogetherAndThenForEachByItself() {
        commit.append(message("first", "m"));
        Future<AppendOutcome> here = commit.append(message("here", "a"));
        commit.append(message("there", "b"));
        store(1);
        lock();
        assertThat(rooms(written.getLast())).containsExactly("here", "there");
        assertThat(waits).containsExactly(0, 0, 250);
        lock();
        assertThat(rooms(written.get(3))).containsExactly("here");
        assertThat(rooms(written.get(4))).containsExactly("there");
        assertThat(written).hasSize(5);
        assertThat(waits.subList(3, 5)).allSatisfy(wait -> assertThat(wait).isGreaterThan(250));
        answers.get(3).complete(List.of(stored(7)));
        assertThat(here.result()).isEqualTo(stored(7));
    }

    @Test
    void shouldNeverLetOtherRoomsWaitForTheStatementsOfLockedOnes() {
        commit.append(message("stuck", "m"));
        lock();
        Future<AppendOutcome> other = commit.append(message("other", "m"));
        assertThat(waits).containsExactly(0, 250, 0);
        store(3);
        assertThat(other.result()).isEqualTo(stored(3));
        answers.get(1).complete(List.of(LOCKED));
        Future<AppendOutcome> third = commit.append(message("third", "m"));
        assertThat(waits.getLast()).isZero();
        store(4);
        assertThat(third.result()).isEqualTo(stored(4));
    }

    @Test
    void shouldKeepTheOrderOfALockedRoom() {
        Promise<List<WriteOutcome>> first = lockForStatement("stuck", "a");
        commit.append(message("stuck", "b"));
        commit.append(message("stuck", "c"));
        first.complete(List.of(LOCKED));
        assertThat(idsOfLastBatch()).containsExactly("a", "b", "c");
        commit.append(message("stuck", "d"));
        store(1);
        assertThat(idsOfLastBatch()).containsExactly("d");
        store(4);
        assertThat(published)
                .extracting(event -> ((EventBody.Message) event.body()).id().value())
                .containsExactly("a", "b", "c", "d");
        commit.append(message("stuck", "e"));
        assertThat(waits.getLast()).as("a room that is no longer locked").isZero();
    }

    @Test
    void shouldSendAKnownLockedRoomDirectlyToItsOwnStatement() {
        Promise<List<WriteOutcome>> stuck = lockForStatement("stuck", "a");
        nowNs = TimeUnit.MILLISECONDS.toNanos(500);
        stuck.complete(List.of(LOCKED));
        int before = written.size();
        commit.append(message("stuck", "b"));
        assertThat(written).hasSize(before + 1);
        assertThat(waits.getLast()).isGreaterThan(250);
    }

    @Test
    void shouldRefuseALockedRoomInBoundedTimeAsNotStored() {
        Future<AppendOutcome> stuck = commit.append(message("stuck", "m"));
        lock();
        lock();
        nowNs = TimeUnit.MILLISECONDS.toNanos(499);
        lock();
        assertThat(stuck.isComplete()).isFalse();
        assertThat(waits.getLast()).as("the time that is left").isEqualTo(1);
        nowNs = TimeUnit.MILLISECONDS.toNanos(500);
        lock();
        assertThat(stuck.result()).isEqualTo(new AppendOutcome.Refused(ErrorCode.SERVER_OVERLOADED));
        assertThat(counted("parlance_commit_refused_total{reason=\"locked\"}")).isEqualTo(1);
        assertThat(counted("parlance_commit_unknown_total")).isZero();
        assertThat(commit.idle().succeeded()).isTrue();
    }

    @Test
    void shouldReportAnUnknownOutcomeWhenAWaitingStatementFails() {
        Future<AppendOutcome> stuck = commit.append(message("stuck", "m"));
        lock();
        lock();
        answers.getLast().fail("connection lost");
        assertThat(stuck.result()).isEqualTo(new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(counted("parlance_commit_unknown_total")).isEqualTo(1);
    }

    /** Delays the first event of a room until it is in a separate statement, whose answer is returned. */
    private Promise<List<WriteOutcome>> lockForStatement(String room, String id) {
        commit.append(message(room, id));
        lock();
        lock();
        assertThat(waits.getLast()).isGreaterThan(250);
        return answers.getLast();
    }

    /** Answers the running batch: all its rooms are locked. */
    private void lock() {
        answers.getLast().complete(Collections.nCopies(written.getLast().size(), LOCKED));
    }

    private static List<String> rooms(List<NewEvent> batch) {
        return batch.stream().map(event -> event.room().value()).toList();
    }

    private List<String> idsOfLastBatch() {
        return written.getLast().stream()
                .map(event -> event.body().id().value())
                .toList();
    }

    private static AppendOutcome stored(long seq) {
        return new AppendOutcome.Stored(Fixtures.cursor(seq), Fixtures.stamp(seq - 1), Instant.EPOCH, null, List.of());
    }

    /** Answers the running batch as stored, the first at {@code seq}. */
    private void store(long seq) {
        List<WriteOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < written.getLast().size(); i++) {
            outcomes.add(new AppendOutcome.Stored(
                    Fixtures.cursor(seq + i), Fixtures.stamp(seq + i - 1), Instant.EPOCH, null, List.of()));
        }
        answers.getLast().complete(outcomes);
    }

    private static NewEvent edit(String id, long target) {
        return new NewEvent(
                new RoomId("dev"),
                new UserId("alice"),
                new PostRequest(new EventBody.Edit(new ClientId(id), target, "text")));
    }

    private static NewEvent message(String id) {
        return message("dev", id);
    }

    private static NewEvent message(String room, String id) {
        return new NewEvent(
                new RoomId(room),
                new UserId("alice"),
                new PostRequest(new EventBody.Message(new ClientId(id), "text")));
    }

    private double counted(String name) {
        return Counters.in(metrics.scrape(), name);
    }
}
