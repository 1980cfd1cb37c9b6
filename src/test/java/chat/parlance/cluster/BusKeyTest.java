package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

final class BusKeyTest {

    private static final String SECRET = "a secret for tests of at least 32 bytes";

    @Test
    void shouldBeTheSameOnNodesWithOneSecretAndAnotherElsewhere() {
        Buffer here = BusKey.of(new ClusterSecret(SECRET)).certificate();
        assertThat(BusKey.of(new ClusterSecret(SECRET)).certificate()).isEqualTo(here);
        assertThat(BusKey.of(new ClusterSecret(SECRET + "!")).certificate()).isNotEqualTo(here);
    }

    @Test
    void shouldBeACertificateThatHoldsOnClocksThatAreWrongByYears() throws Exception {
        byte[] pem = BusKey.of(new ClusterSecret(SECRET)).certificate().getBytes();
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        certificate.verify(certificate.getPublicKey());
        for (String time : new String[] {"1970-01-02T00:00:00Z", "2099-01-01T00:00:00Z"}) {
            certificate.checkValidity(Date.from(Instant.parse(time)));
        }
        assertThat(certificate.getSubjectX500Principal()).isEqualTo(certificate.getIssuerX500Principal());
    }

    @Test
    void shouldKeepKeyAndCertificateInOneStore() throws Exception {
        BusKey key = BusKey.of(new ClusterSecret(SECRET));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(key.keyStore().getBytes()), BusKey.PASSWORD.toCharArray());
        assertThat(store.getKey("bus", BusKey.PASSWORD.toCharArray()).getAlgorithm())
                .isEqualTo("EdDSA");
        assertThat(store.getCertificate("bus").getPublicKey().getAlgorithm()).isEqualTo("EdDSA");
    }
}
