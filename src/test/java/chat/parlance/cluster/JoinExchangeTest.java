package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.cluster.JoinExchange.Step;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JoinExchangeTest {

    private static final ClusterSecret SECRET = new ClusterSecret("a secret for tests of at least 32 bytes");
    private static final JoinKey KEY = new JoinKey(SECRET, "parlance");
    private static final InetSocketAddress ADDRESS = address(1);

    @Test
    void shouldProveTheSecretOnBothSidesAndAgreeOnKeys() throws GeneralSecurityException {
        JoinExchange connector = new JoinExchange.Connector(KEY, ADDRESS);
        JoinExchange acceptor = new JoinExchange.Acceptor(KEY, ADDRESS);

        Step.Reply answer = (Step.Reply) acceptor.receive(ByteBuffer.wrap(connector.opening()));
        Step.Proved here =
                (Step.Proved) connector.receive(ByteBuffer.wrap(answer.bytes().getBytes()));
        Step.Proved there = (Step.Proved)
                acceptor.receive(joined(connector.opening(), here.last().getBytes()));

        assertThat(there.last().getBytes()).isEmpty();
        assertThat(here.sending()).isEqualTo(there.receiving()).isNotEqualTo(here.receiving());
        assertThat(here.receiving()).isEqualTo(there.sending());
    }

    @Test
    void shouldTakeAnExchangeByteByByte() {
        JoinExchange connector = new JoinExchange.Connector(KEY, ADDRESS);
        JoinExchange acceptor = new JoinExchange.Acceptor(KEY, ADDRESS);
        byte[] opening = connector.opening();
        for (int i = 1; i < opening.length; i++) {
            assertThat(acceptor.receive(ByteBuffer.wrap(opening, 0, i))).isEqualTo(new Step.Wait());
        }
        byte[] answer = ((Step.Reply) acceptor.receive(ByteBuffer.wrap(opening)))
                .bytes()
                .getBytes();
        for (int i = 0; i < answer.length; i++) {
            assertThat(connector.receive(ByteBuffer.wrap(answer, 0, i))).isEqualTo(new Step.Wait());
        }
        assertThat(opening.length + JoinKey.MAC_BYTES).isEqualTo(acceptor.incomingBytes());
        assertThat(answer).hasSize(connector.incomingBytes());
    }

    @Test
    void shouldRefuseAPeerWithAnotherSecretOrClusterName() {
        JoinKey otherSecret = new JoinKey(new ClusterSecret("another secret of at least 32 bytes!!"), "parlance");
        JoinKey otherName = new JoinKey(SECRET, "parlance-2");
        for (JoinKey other : new JoinKey[] {otherSecret, otherName}) {
            assertRefused(KEY, ADDRESS, other, ADDRESS);
            assertRefused(other, ADDRESS, KEY, ADDRESS);
        }
    }

    /** A man in the middle relays everything to a member, but has another address than that. */
    @Test
    void shouldRefuseAnExchangeThatWasPassedOnToAnotherAddress() {
        assertRefused(KEY, ADDRESS, KEY, address(2));
    }

    private static void assertRefused(
            JoinKey here, InetSocketAddress dialled, JoinKey there, InetSocketAddress reached) {
        JoinExchange connector = new JoinExchange.Connector(here, dialled);
        JoinExchange acceptor = new JoinExchange.Acceptor(there, reached);
        Step.Reply answer = (Step.Reply) acceptor.receive(ByteBuffer.wrap(connector.opening()));
        assertThat(connector.receive(ByteBuffer.wrap(answer.bytes().getBytes())))
                .isInstanceOf(Step.Refused.class);
        // A connector that ignores it continues with a proof of its own secret.
        JoinExchange careless = new JoinExchange.Acceptor(here, dialled);
        byte[] theirs = ((Step.Reply) careless.receive(ByteBuffer.wrap(connector.opening())))
                .bytes()
                .getBytes();
        byte[] proof = ((Step.Proved) connector.receive(ByteBuffer.wrap(theirs)))
                .last()
                .getBytes();
        assertThat(acceptor.receive(joined(connector.opening(), proof))).isInstanceOf(Step.Refused.class);
    }

    @Test
    void shouldRefuseTheAcceptorsOwnCodeSentBack() {
        JoinExchange acceptor = new JoinExchange.Acceptor(KEY, ADDRESS);
        byte[] opening = new JoinExchange.Connector(KEY, ADDRESS).opening();
        byte[] answer = ((Step.Reply) acceptor.receive(ByteBuffer.wrap(opening)))
                .bytes()
                .getBytes();
        assertThat(acceptor.receive(
                        joined(opening, Arrays.copyOfRange(answer, JoinExchange.NONCE_BYTES, answer.length))))
                .isInstanceOf(Step.Refused.class);
    }

    @Test
    void shouldRefuseAnAnswerOfAnEarlierExchange() {
        JoinExchange acceptor = new JoinExchange.Acceptor(KEY, ADDRESS);
        byte[] first = new JoinExchange.Connector(KEY, ADDRESS).opening();
        byte[] answer =
                ((Step.Reply) acceptor.receive(ByteBuffer.wrap(first))).bytes().getBytes();
        assertThat(new JoinExchange.Connector(KEY, ADDRESS).receive(ByteBuffer.wrap(answer)))
                .isInstanceOf(Step.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HZC", "CB2", "GET / HTTP/1.1", "PLJ\0", "\u0016\u0003\u0001"})
    void shouldRefuseAnotherProtocolByItsFirstBytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        JoinExchange acceptor = new JoinExchange.Acceptor(KEY, ADDRESS);
        assertThat(acceptor.receive(ByteBuffer.wrap(bytes))).isInstanceOf(Step.Refused.class);
    }

    @Test
    void shouldNotOpenARecordThatWasChangedRepeatedOrMoved() throws GeneralSecurityException {
        for (int change = 0; change < 3; change++) {
            Step.Proved[] sides = proved();
            RecordCipher sealing = RecordCipher.sealing(sides[0].sending());
            RecordCipher opening = RecordCipher.opening(sides[1].receiving());
            byte[] first = sealed(sealing, "first");
            byte[] second = sealed(sealing, "second");
            if (change == 0) {
                first[first.length - 1] ^= 1;
                assertThatThrownBy(() -> opened(opening, first)).isInstanceOf(GeneralSecurityException.class);
            } else if (change == 1) {
                assertThat(opened(opening, first)).isEqualTo("first");
                assertThatThrownBy(() -> opened(opening, first)).isInstanceOf(GeneralSecurityException.class);
            } else {
                assertThatThrownBy(() -> opened(opening, second)).isInstanceOf(GeneralSecurityException.class);
            }
        }
    }

    private static Step.Proved[] proved() {
        JoinExchange connector = new JoinExchange.Connector(KEY, ADDRESS);
        JoinExchange acceptor = new JoinExchange.Acceptor(KEY, ADDRESS);
        Step.Reply answer = (Step.Reply) acceptor.receive(ByteBuffer.wrap(connector.opening()));
        Step.Proved here =
                (Step.Proved) connector.receive(ByteBuffer.wrap(answer.bytes().getBytes()));
        return new Step.Proved[] {
            here,
            (Step.Proved)
                    acceptor.receive(joined(connector.opening(), here.last().getBytes()))
        };
    }

    private static byte[] sealed(RecordCipher cipher, String text) throws GeneralSecurityException {
        ByteBuffer record = ByteBuffer.allocate(RecordCipher.MAX_RECORD_BYTES);
        cipher.seal(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), record);
        byte[] bytes = new byte[record.flip().remaining()];
        record.get(bytes);
        return bytes;
    }

    private static String opened(RecordCipher cipher, byte[] record) throws GeneralSecurityException {
        ByteBuffer content = ByteBuffer.allocate(RecordCipher.MAX_CONTENT_BYTES);
        cipher.open(
                ByteBuffer.wrap(record, RecordCipher.LENGTH_BYTES, record.length - RecordCipher.LENGTH_BYTES), content);
        return StandardCharsets.UTF_8.decode(content.flip()).toString();
    }

    private static ByteBuffer joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .flip();
    }

    private static InetSocketAddress address(int last) {
        return new InetSocketAddress(InetAddress.ofLiteral("10.0.0." + last), 5701);
    }
}
