package chat.parlance.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {

    private static final UserId ALICE = new UserId("alice");
    private static final int PER_SECOND = 20;
    private static final int BURST = 40;
    private static final int REPORT_MS = 250;

    private final List<Limit> limited = new ArrayList<>();
    private final FakeBus bus = new FakeBus();
    private long nowNs;

    @Test
    void shouldLetABurstPassAndThenAsManyAsTheRateAndSayHowLongToWait() {
        RateLimits.ConnectionLimit connection = node(true).connection();
        assertThat(passed(() -> connection.take(Cost.WRITE), 100)).isEqualTo(5);
        assertThatThrownBy(() -> connection.take(Cost.WRITE)).isInstanceOfSatisfying(ChatException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(500));
        });
        pass(500);
        assertThat(passed(() -> connection.take(Cost.WRITE), 10)).isEqualTo(1);
        pass(500);
        assertThat(passed(() -> connection.take(Cost.READ), 100))
                .as("ten reads cost one write")
                .isEqualTo(10);
        assertThat(limited).isNotEmpty().containsOnly(Limit.CONNECTION);
    }

    @Test
    void shouldAllowTheRetryAfterThePauseInWholeMilliseconds() {
        RateLimits.ConnectionLimit connection = node(true).connection();
        passed(() -> connection.take(Cost.WRITE), 5);
        nowNs += TimeUnit.MICROSECONDS.toNanos(300);
        assertThatThrownBy(() -> connection.take(Cost.WRITE)).isInstanceOfSatisfying(ChatException.class, refused -> {
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(500));
            pass(refused.retryAfter().toMillis());
        });
        assertThat(passed(() -> connection.take(Cost.WRITE), 1)).isEqualTo(1);
    }

    @Test
    void shouldLimitAddressesSeparatelyAndByKindOfRequest() {
        RateLimits node = node(true);
        assertThat(passed(() -> node.logIn("a"), 10)).isEqualTo(3);
        assertThat(passed(() -> node.logIn("b"), 10)).isEqualTo(3);
        assertThat(passed(() -> node.registration("a"), 10)).isEqualTo(2);
        assertThat(passed(() -> node.handshake("a"), 10)).isEqualTo(6);
        assertThat(passed(() -> node.request("a"), 20)).isEqualTo(7);
        assertThat(passed(() -> node.file("a"), 20)).isEqualTo(8);
        assertThat(passed(() -> node.file("b"), 20)).isEqualTo(8);
        assertThat(limited).contains(Limit.LOGIN, Limit.REGISTRATION, Limit.HANDSHAKE, Limit.ADDRESS, Limit.FILES);
    }

    @Test
    void shouldLimitOpenConnectionsByAddressAndInAllUntilTheyAreClosed() {
        RateLimits node = node(true);
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            slots.add(node.accepted("a"));
        }
        assertRefused(() -> node.accepted("a"), ErrorCode.CONNECTION_LIMIT);
        assertRefused(() -> node.forwarded("a"), ErrorCode.CONNECTION_LIMIT);
        assertThat(node.openConnections())
                .as("one that was refused is not open")
                .isEqualTo(4);
        slots.add(node.accepted(null));
        assertRefused(() -> node.accepted("b"), ErrorCode.SERVER_OVERLOADED);
        assertRefused(() -> node.accepted(null), ErrorCode.SERVER_OVERLOADED);
        assertThat(limited)
                .containsExactly(
                        Limit.ADDRESS_CONNECTIONS, Limit.ADDRESS_CONNECTIONS, Limit.CONNECTIONS, Limit.CONNECTIONS);
        slots.getFirst().close();
        slots.getFirst().close();
        slots.add(node.accepted("a"));
        assertRefused(() -> node.accepted("b"), ErrorCode.SERVER_OVERLOADED);
        slots.forEach(Slot::close);
        assertThat(node.openConnections()).isZero();
    }

    @Test
    void shouldLimitConnectionsThatHaveNotLoggedIn() {
        RateLimits node = node(true);
        Slot first = node.unproven("a");
        node.unproven("a");
        assertRefused(() -> node.unproven("a"), ErrorCode.CONNECTION_LIMIT);
        node.unproven("b");
        first.close();
        node.unproven("a");
        assertThat(limited).containsExactly(Limit.UNPROVEN_CONNECTIONS);
    }

    private static void assertRefused(Runnable limit, ErrorCode code) {
        assertThatThrownBy(limit::run)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void shouldLimitNothingWhenItIsOff() {
        RateLimits node = node(false);
        for (int i = 0; i < 1000; i++) {
            node.accepted("a");
            node.unproven("a");
        }
        assertThat(node.openConnections()).isEqualTo(1000);
        assertThat(passed(() -> node.user(ALICE, Cost.WRITE), 1000)).isEqualTo(1000);
        assertThat(passed(() -> node.registration("a"), 1000)).isEqualTo(1000);
        RateLimits.ConnectionLimit connection = node.connection();
        assertThat(passed(() -> connection.take(Cost.WRITE), 1000)).isEqualTo(1000);
        assertThat(limited).isEmpty();
    }

    @Test
    void shouldHoldTheLimitOfAUserOverAllNodes() {
        List<RateLimits> nodes = nodes(4);
        int seconds = 30;
        int passed = 0;
        for (int ms = 0; ms < seconds * 1000; ms += 10) {
            for (RateLimits node : nodes) {
                passed += passed(() -> node.user(ALICE, Cost.WRITE), 1);
            }
            step(nodes, ms);
        }
        assertThat(passed)
                .as("of %d sent", seconds * 100 * nodes.size())
                .isLessThanOrEqualTo((int) (seconds * PER_SECOND * 1.1) + nodes.size() * BURST)
                .isGreaterThanOrEqualTo(seconds * PER_SECOND / 2);
    }

    @Test
    void shouldNotReportUsersWithinTheShareOfEachNode() {
        List<RateLimits> nodes = nodes(4);
        for (int ms = 0; ms < 10_000; ms += 10) {
            if (ms % REPORT_MS == 0) {
                assertThat(passed(() -> nodes.getFirst().user(ALICE, Cost.WRITE), 1))
                        .isEqualTo(1);
            }
            step(nodes, ms);
        }
        assertThat(bus.published).isZero();
    }

    @Test
    void shouldGiveTheRestOfTheRateToTheOtherNodes() {
        List<RateLimits> nodes = nodes(2);
        int elsewhere = 0;
        for (int ms = 0; ms < 20_000; ms += 10) {
            // Three quarters of the rate on this node, and everything on the other.
            if (ms % 65 < 10) {
                passed(() -> nodes.getFirst().user(ALICE, Cost.WRITE), 1);
            }
            elsewhere += passed(() -> nodes.getLast().user(ALICE, Cost.WRITE), 1);
            step(nodes, ms);
        }
        assertThat(elsewhere).isBetween(20 * PER_SECOND / 8, 20 * PER_SECOND + BURST);
    }

    @Test
    void shouldLockNoUserOutForLongWhateverAnotherNodeReports() {
        RateLimits node = nodes(2).getFirst();
        for (int i = 0; i < 100; i++) {
            bus.ends.getLast().publish(List.of(new TokenUsage(ALICE, Long.MAX_VALUE)));
        }
        assertThat(passed(() -> node.user(ALICE, Cost.WRITE), 1)).isZero();
        pass(1000 * BURST / PER_SECOND);
        assertThat(passed(() -> node.user(ALICE, Cost.WRITE), 1)).isZero();
        pass(1000);
        assertThat(passed(() -> node.user(ALICE, Cost.WRITE), 1)).isEqualTo(1);
    }

    @Test
    void shouldNotChargeNewUsersForOthersUsageElsewhere() {
        Buckets<Integer> buckets = new Buckets<>(() -> new TokenBucket(Rate.perSecond(1, 1), 1, () -> nowNs), 1);
        TokenBucket first = buckets.of(1);
        assertThat(buckets.own(1)).isSameAs(first);
        assertThat(buckets.own(2)).isNull();
    }

    @Test
    void shouldForgetIdleUsersAndKeepABoundedNumber() {
        Buckets<Integer> buckets = new Buckets<>(() -> new TokenBucket(Rate.perSecond(1, 1), 1, () -> nowNs), 10);
        for (int key = 0; key < 10; key++) {
            buckets.of(key).take(1);
        }
        TokenBucket shared = buckets.of(10);
        assertThat(buckets.of(11)).isSameAs(shared);
        assertThat(buckets.size()).isEqualTo(10);
        buckets.sweep();
        assertThat(buckets.size()).as("none is full").isEqualTo(10);
        pass(1000);
        buckets.sweep();
        assertThat(buckets.size()).isZero();
        assertThat(buckets.of(10)).isNotSameAs(shared);
    }

    private List<RateLimits> nodes(int count) {
        bus.nodes = count;
        List<RateLimits> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(node(true));
        }
        return nodes;
    }

    private RateLimits node(boolean enabled) {
        return new RateLimits(
                new LimitSettings(
                        enabled,
                        new LimitSettings.Messages(2, 5, PER_SECOND, BURST),
                        new LimitSettings.Excess(100, 10_000),
                        new LimitSettings.Connections(3, 5, 4, 2),
                        200,
                        new LimitSettings.Requests(1, 7, 1, 8),
                        new LimitSettings.Handshakes(1, 6),
                        new LimitSettings.Accounts(1, 3, 1, 2)),
                bus.end(),
                limited::add,
                () -> nowNs);
    }

    private void step(List<RateLimits> nodes, int ms) {
        pass(10);
        if (ms % REPORT_MS == 0) {
            nodes.forEach(RateLimits::report);
        }
    }

    private void pass(long ms) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Number of tries that pass the limit. */
    private static int passed(Runnable limit, int tries) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            try {
                limit.run();
                passed++;
            } catch (ChatException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            }
        }
        return passed;
    }

    /** Delivers the reports of one node to the others, at once. */
    private static final class FakeBus {

        private final List<End> ends = new ArrayList<>();
        private int nodes = 1;
        private int published;

        UsageBus end() {
            End end = new End();
            ends.add(end);
            return end;
        }

        private final class End implements UsageBus {

            private final List<Consumer<List<TokenUsage>>> listeners = new ArrayList<>();

            @Override
            public int nodes() {
                return nodes;
            }

            @Override
            public void publish(List<TokenUsage> spendings) {
                published++;
                ends.stream()
                        .filter(other -> other != this)
                        .forEach(other -> other.listeners.forEach(listener -> listener.accept(spendings)));
            }

            @Override
            public void listen(Consumer<List<TokenUsage>> listener) {
                listeners.add(listener);
            }
        }
    }
}
