package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.RawHttp.Answer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as an attacker spells them: a path in another spelling is another path, and nobody has it. */
final class PathSpellingsIT {

    /**
     * A path in another spelling is another path, which no route has, or is malformed; it never reaches an operation. Letters that
     * are percent-encoded without need are no other spelling (RFC 3986, 6.2.2.2).
     */
    @Test
    void shouldTakeNoOtherSpellingOfAPath() {
        SoftAssertions.assertSoftly(softly -> EveryRouteIT.OPS.stream()
                .filter(op -> op.method().equals("GET"))
                .forEach(op -> {
                    String last = op.path().substring(op.path().lastIndexOf('/'));
                    String parent = op.path().substring(0, op.path().lastIndexOf('/'));
                    for (String slash :
                            List.of("//", "/./", "/%2e/", "/x/../", "/x/%2E%2e/", "%2F", "%252F", "%5C", "\\")) {
                        assertPath(softly, 404, parent + last.replace("/", slash));
                    }
                    for (String end :
                            List.of("/", "//", "/.", "/%2e", "/..", "/x/..", ";", ";a=b", ".", "%20", "%23")) {
                        assertPath(softly, 404, op.path() + end);
                        assertPath(softly, 404, op.path() + end + "?limit=1");
                    }
                    assertPath(softly, 404, "/" + op.path());
                    assertPath(softly, 404, op.path().replace("/v1/", "/v1//"));
                    assertPath(softly, 400, parent + last.replace("/", "%c0%af"));
                    assertPath(softly, 400, parent + last.replace("/", "%e0%80%af"));
                    assertPath(softly, 400, op.path() + "%00");
                    assertPath(softly, 400, op.path() + "%u0041");
                    assertPath(softly, 404, op.path().toUpperCase(Locale.ROOT));
                    assertPath(softly, 404, "/api" + op.path().substring(EveryRouteIT.BASE.length()));
                    assertPath(softly, 404, "/x/.." + "%2f.." + op.path());
                    assertPath(softly, 404, op.path() + "/nothing/at/all");
                }));
    }

    /** By an empty parameter a request would be one of the operation with a shorter path, such as a log-out everywhere. */
    @Test
    void shouldTakeNoEmptyParameter() {
        SoftAssertions.assertSoftly(softly -> EveryRouteIT.OPS.stream()
                .flatMap(op -> Stream.of(
                                "every-route", "bob", "/1", "%F0%9F%91%8D", "00000000-0000-4000-8000-000000000000")
                        .filter(op.path()::contains)
                        .map(parameter -> new EveryRouteIT.Op(
                                op.id(),
                                op.method(),
                                op.path().replaceFirst(parameter.replace("/", "(?<=/)"), ""),
                                op.secured(),
                                op.hasBody(),
                                op.queries())))
                .forEach(op -> {
                    String headers = op.hasBody() ? EveryRouteIT.JSON + "Content-Length: 2\r\n" : "";
                    Answer answer = EveryRouteIT.ask(op.method(), op.path(), headers, op.hasBody() ? "{}" : "");
                    softly.assertThatCode(() -> EveryRouteIT.assertProblem(answer, 404))
                            .as(op.toString())
                            .doesNotThrowAnyException();
                }));
        assertThat(EveryRouteIT.ALICE.get("/rooms").statusCode())
                .as("the session goes on")
                .isEqualTo(200);
    }

    /** Spellings of paths that are no operations, with each method. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "/.",
                "/..",
                "/%2e%2e/",
                "/index.html",
                "/mark.svg/",
                "//mark.svg",
                "/./mark.svg",
                "/x/../mark.svg",
                "/x/%2e%2e/mark.svg",
                "/Mark.svg",
                "/mark.svg.",
                "/mark.svg%20",
                "/mark.svg;a",
                "/parlance-client.js/",
                "/worker.js/",
                "/ws/",
                "//ws",
                "/ws//",
                "/WS",
                "/ws%20",
                "/ws/x",
                "/lines/",
                "//lines",
                "/lines/x",
                "/api//",
                "//api",
                "//api/",
                "/API/",
                "/api/nothing",
                "/api/v1",
                "/api/v1/",
                "/api/v1//",
                "/api/v1/nothing",
                "/api/v2",
                "/api/v2/rooms",
                "/api/V1/rooms",
                "/api/v1.0/rooms",
                "/api/rooms",
                "/api/index.html",
                "/api/openapi.yaml/",
                "/api//openapi.yaml",
                "/api/./openapi.yaml",
                "/api/openapi.yml",
                "/api/openapi",
                "/api/frames.html/",
                "/api/frames.html/../rest.js",
                "/api/x/%2e%2e/frames.html",
                "/api/frames",
                "/api/.git",
                "/api/swagger-ui",
                "/api/swagger-ui/",
                "/api/swagger-ui/index.html",
                "/api/swagger-ui/%2e%2e/openapi.yaml",
                "/api/swagger-ui/..%2f..%2fopenapi.yaml",
                "/..;/api/v1/rooms",
                "/api/v1/rooms/..;/rooms",
                "/graphql"
            })
    void shouldFindNothingAtAPathThatNobodyHas(String path) {
        SoftAssertions.assertSoftly(softly -> {
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "get")) {
                Answer answer = EveryRouteIT.ask(method, path, "", "");
                softly.assertThatCode(() -> EveryRouteIT.assertProblem(answer, 404))
                        .as(method)
                        .doesNotThrowAnyException();
            }
        });
        // A reader that keeps one spelling of a file as absent would keep the file from all others (CVE-2026-1002).
        for (String file : List.of("/", "/mark.svg", "/api/", "/api/frames.html", "/api/openapi.yaml")) {
            assertThat(EveryRouteIT.ask("GET", file, "", "").status()).as(file).isEqualTo(200);
        }
    }

    private static void assertPath(SoftAssertions softly, int status, String path) {
        Answer answer = EveryRouteIT.ask("GET", path, "", "");
        softly.assertThatCode(() -> EveryRouteIT.assertProblem(answer, status))
                .as(path)
                .doesNotThrowAnyException();
    }
}
