package chat.parlance.testing;

import java.net.http.HttpClient;

/** What all tests ask nodes with. */
public final class Http {

    /** Without the upgrade to HTTP/2, whose first answer this client can miss. */
    public static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}
}
