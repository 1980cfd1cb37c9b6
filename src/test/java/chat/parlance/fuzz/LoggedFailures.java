package chat.parlance.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Collector of log lines that no input may cause: exceptions and errors, until the next check. */
final class LoggedFailures extends AppenderBase<ILoggingEvent> {

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    static LoggedFailures attach() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LoggedFailures failures = new LoggedFailures();
        failures.setContext(context);
        failures.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(failures);
        return failures;
    }

    /** @throws AssertionError when a line was logged since the last check */
    void check() {
        String failure = failures.poll();
        if (failure != null) {
            failures.clear();
            throw new AssertionError("the node logged " + failure);
        }
    }

    /** Jazzer changes classes as they are loaded, on the event loop too, which then counts as blocked. */
    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLoggerName().endsWith("BlockedThreadChecker")) {
            return;
        }
        boolean thrown = event.getThrowableProxy() != null;
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)
                || (thrown && event.getLevel().isGreaterOrEqual(Level.WARN))) {
            failures.add(event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                    + (thrown ? ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""));
        }
    }
}
