package chat.parlance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Parts of {@code parlance bench idle}, without a node. */
final class IdleBenchTest {

    @Test
    void shouldReadResidentMemoryAndCpuTimeOfAProcess() throws IOException {
        MeasuredProcess own = new MeasuredProcess(ProcessHandle.current());
        assertThat(own.rssBytes()).isGreaterThan(1 << 20);
        assertThat(own.cpu()).isGreaterThan(Duration.ZERO);
    }

    @Test
    void shouldAnswerHandshakesByAServerThatSendsNothingElse() throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (HttpClient client = HttpClient.newHttpClient()) {
            CountDownLatch closed = new CountDownLatch(1);
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + RawServer.listen(loops)), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onClose(WebSocket by, int code, String reason) {
                            closed.countDown();
                            return null;
                        }
                    })
                    .get(10, TimeUnit.SECONDS);
            socket.sendText("nothing is answered", true).get(10, TimeUnit.SECONDS);
            assertThat(socket.isInputClosed()).isFalse();
            assertThat(closed.getCount()).isOne();
            socket.abort();
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void shouldRefuseNumbersOfRoomsThatItCannotMake() {
        CommandLine bench = new CommandLine(new IdleBenchCommand()).setErr(new PrintWriter(new StringWriter()));
        for (String rooms : new String[] {"0", "1,x", "-1", "99999"}) {
            assertThat(bench.execute("--rooms=" + rooms)).as(rooms).isNotZero();
        }
    }
}
