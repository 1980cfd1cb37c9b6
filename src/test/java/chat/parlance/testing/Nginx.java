package chat.parlance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * nginx on loopback in front of a node. It passes on every upgrade, as its documentation does it for WebSockets, and keeps
 * connections to the node, so that a smuggled request would answer the next client.
 */
public final class Nginx implements AutoCloseable {

    /** Installed by src/build/ensure-proxies if possible. */
    private static final Path PROGRAM = Path.of("target/nginx/run").toAbsolutePath();

    private final ProxyProcess process;
    private final Path folder;
    private final int port;

    private Nginx(ProxyProcess process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** True when nginx is installed. */
    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /** Starts it; when this returns it accepts clients. */
    public static Nginx start(int nodePort) {
        int port = Ports.free();
        try {
            Path folder = Files.createTempDirectory("nginx");
            Path file = Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port, nodePort));
            List<String> command =
                    List.of(PROGRAM.toString(), "-p", folder.toString(), "-e", "stderr", "-c", file.toString());
            return new Nginx(ProxyProcess.start(command, folder.resolve("log"), port), folder, port);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String configuration(Path folder, int port, int nodePort) {
        return """
            daemon off;
            master_process off;
            error_log stderr;
            pid %1$s/pid;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/client;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              map $http_upgrade $connection_upgrade {
                default upgrade;
                '' '';
              }
              upstream chat {
                server 127.0.0.1:%3$d;
                keepalive 4;
              }
              server {
                listen 127.0.0.1:%2$d;
                location / {
                  proxy_pass http://chat;
                  proxy_http_version 1.1;
                  proxy_set_header Host $http_host;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection $connection_upgrade;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                }
              }
            }
            """.formatted(folder, port, nodePort);
    }

    /** Address for clients. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
        TestNode.delete(folder);
    }
}
