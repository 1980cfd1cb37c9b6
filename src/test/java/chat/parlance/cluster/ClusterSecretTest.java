package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.StartupException;
import org.junit.jupiter.api.Test;

final class ClusterSecretTest {

    private static final String SECRET = "a secret for tests of at least 32 bytes";

    @Test
    void shouldDeriveTheSameKeyForOnePurpose() {
        assertThat(new ClusterSecret(SECRET).derive("join", 32))
                .hasSize(32)
                .isEqualTo(new ClusterSecret(SECRET).derive("join", 32));
    }

    @Test
    void shouldRefuseAShortSecret() {
        assertThatThrownBy(() -> new ClusterSecret("31 bytes are not quite enough!!"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("cluster.secret");
    }

    @Test
    void shouldDeriveAnotherKeyForAnotherPurposeOrSecret() {
        byte[] key = new ClusterSecret(SECRET).derive("join", 32);
        assertThat(new ClusterSecret(SECRET).derive("bus", 32)).isNotEqualTo(key);
        assertThat(new ClusterSecret(SECRET + ".").derive("join", 32)).isNotEqualTo(key);
    }
}
