package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogInOutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "AUTH_INVALID_CREDENTIALS, WRONG",
        "AUTH_TOO_MANY_FAILURES, LOCKED",
        "SERVER_OVERLOADED, OVERLOADED",
        "STORAGE_UNAVAILABLE, FAILED",
    })
    void shouldTellFailuresByTheirCode(ErrorCode code, LogInOutcome outcome) {
        assertThat(LogInOutcome.of(new ChatException(code))).isEqualTo(outcome);
    }

    @Test
    void shouldCountADefectAsAFailure() {
        assertThat(LogInOutcome.of(new IllegalStateException("defect"))).isEqualTo(LogInOutcome.FAILED);
    }
}
