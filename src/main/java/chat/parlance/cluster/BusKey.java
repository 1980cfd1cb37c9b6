package chat.parlance.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;

/**
 * Key pair of a cluster and the certificate that carries it in TLS, both computed from the shared secret: nodes with
 * the same secret compute the same bytes, so each trusts exactly this certificate. Its dates are meaningless (1970 to
 * 9999), because the clocks of the nodes may differ.
 */
final class BusKey {

    private static final String PURPOSE = "event bus tls";
    private static final String ALGORITHM = "Ed25519";
    private static final int SEED_BYTES = 32;
    private static final X500Principal NAME = new X500Principal("CN=parlance cluster");

    /** Password of the key store, which never leaves the memory of the process. */
    static final String PASSWORD = "parlance";

    private final KeyPair pair;
    private final Certificate certificate;

    private BusKey(KeyPair pair, Certificate certificate) {
        this.pair = pair;
        this.certificate = certificate;
    }

    static BusKey of(ClusterSecret secret) {
        try {
            KeyPair pair = pair(secret.derive(PURPOSE, SEED_BYTES));
            return new BusKey(pair, certificate(pair));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK lacks " + ALGORITHM, missing);
        }
    }

    /** PKCS #12 store with the private key and the certificate. */
    Buffer keyStore() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("bus", pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
            store.store(bytes, PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** The certificate in PEM. */
    Buffer certificate() {
        try {
            String body = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
            return Buffer.buffer("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The JDK has no call that computes the public key of a private one, so its generator gets the private key in place
     * of random bytes. A generator that returned another key would be detected here.
     */
    private static KeyPair pair(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
        KeyPair pair = generator.generateKeyPair();
        byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (!Arrays.equals(made, seed)) {
            throw new IllegalStateException("the JDK does not make an " + ALGORITHM + " key of the bytes it is given");
        }
        return pair;
    }

    /** Self-signed certificate of RFC 5280; the signature of Ed25519 is deterministic. */
    private static Certificate certificate(KeyPair pair) throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.objectIdentifier(new byte[] {0x2b, 0x65, 0x70}));
        byte[] signed = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(BigInteger.ONE),
                algorithm,
                NAME.getEncoded(),
                Der.sequence(Der.utcTime("700101000000Z"), Der.generalizedTime("99991231235959Z")),
                NAME.getEncoded(),
                pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(pair.getPrivate());
        signature.update(signed);
        byte[] encoded = Der.sequence(signed, algorithm, Der.bitString(signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    /** Source of randomness that returns given bytes. */
    private static final class Fixed extends SecureRandom {

        private final byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] wanted) {
            if (wanted.length != bytes.length) {
                throw new IllegalStateException("asked for " + wanted.length + " bytes, not " + bytes.length);
            }
            System.arraycopy(bytes, 0, wanted, 0, bytes.length);
        }
    }

    /** Encoder of the few DER types (X.690) of a certificate without extensions. */
    private static final class Der {

        private static final int SHORT_LENGTH = 0x80;
        private static final int BYTE_MASK = 0xff;

        static byte[] sequence(byte[]... parts) {
            return value(0x30, parts);
        }

        static byte[] explicit(int number, byte[] content) {
            return value(0xa0 + number, content);
        }

        static byte[] integer(BigInteger number) {
            return value(0x02, number.toByteArray());
        }

        static byte[] objectIdentifier(byte[] encoded) {
            return value(0x06, encoded);
        }

        static byte[] bitString(byte[] bytes) {
            return value(0x03, new byte[] {0}, bytes);
        }

        static byte[] utcTime(String time) {
            return value(0x17, time.getBytes(US_ASCII));
        }

        static byte[] generalizedTime(String time) {
            return value(0x18, time.getBytes(US_ASCII));
        }

        private static byte[] value(int tag, byte[]... parts) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                content.writeBytes(part);
            }
            int length = content.size();
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            encoded.write(tag);
            if (length < SHORT_LENGTH) {
                encoded.write(length);
            } else if (length <= BYTE_MASK) {
                encoded.write(SHORT_LENGTH + 1);
                encoded.write(length);
            } else {
                encoded.write(SHORT_LENGTH + 2);
                encoded.write(length >> Byte.SIZE);
                encoded.write(length & BYTE_MASK);
            }
            encoded.writeBytes(content.toByteArray());
            return encoded.toByteArray();
        }
    }
}
