package dev.tidecast.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidecast.LogLines;
import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSideTest {
    private final Meters meters = new Meters();
    private final Board demand = new Board(Records.pipeline("demand"));
    private final Board stock = new Board(Records.pipeline("stock"));
    private final Well well = new Well();
    private HttpSide side;

    /** A health that the test decides. */
    private static final class Well implements Health {
        private volatile boolean live = true;
        private volatile boolean ready = true;
        private volatile @Nullable RuntimeException defect;

        @Override
        public boolean isLive() {
            return live;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public Map<String, String> states() {
            RuntimeException thrown = defect;
            if (thrown != null) {
                throw thrown;
            }
            return Map.of("demand", "RUNNING");
        }
    }

    @BeforeEach
    void listen() throws IOException {
        side = HttpSide.start("127.0.0.1", 0, List.of(demand, stock), well, meters);
        demand.read(Kind.FORECASTS, Records.forecast("store=1/sku=A+B %", 7, "event"));
        demand.read(Kind.ACCURACY, Records.accuracy("store=1/sku=A+B %", "2026-01-01T00:00:00Z", 8, 9));
        demand.caughtUp();
    }

    @AfterEach
    void close() {
        side.close();
        meters.close();
    }

    @Test
    void theLatestForecastOfAKeyIsAnsweredAsItWasWritten() throws Exception {
        demand.read(Kind.FORECASTS, Records.forecast("store=1/sku=A+B %", 9, "close"));
        HttpResponse<String> answer = get("/v1/forecasts/store=1/sku=A+B%20%25?pipeline=demand");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(Records.text(
                        Records.forecast("store=1/sku=A+B %", 9, "close").value()));
        assertThat(get("/v1/forecasts/store%3D1%2Fsku%3DA%2BB%20%25?pipeline=demand")
                        .body())
                .isEqualTo(answer.body());
    }

    @Test
    void anUnknownKeyIs404OnlyOnceEverythingHasBeenRead() throws Exception {
        assertThat(get("/v1/forecasts/no?pipeline=demand").statusCode()).isEqualTo(404);
        HttpResponse<String> early = get("/v1/forecasts/no?pipeline=stock");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("\"error\":\"not_ready\"");
    }

    @Test
    void thePastOfAKeyShowsWhatHappenedAndWhatHadBeenForecast() throws Exception {
        assertThat(get("/v1/history/store=1/sku=A+B%20%25?pipeline=demand").body())
                .contains("{\"ts\":\"2026-01-01T00:00:00Z\",\"actual\":8,\"low\":3,\"mid\":9,\"high\":15}");
    }

    @Test
    void seriesAreListedWithinBoundsAndByPrefix() throws Exception {
        for (int i = 0; i < 20; i++) {
            demand.read(Kind.FORECASTS, Records.forecast("b" + i, i, "event"));
        }
        assertThat(get("/v1/series?pipeline=demand&prefix=b1&limit=2").body())
                .startsWith("{\"pipeline\":\"demand\",\"total\":11,\"series\":[{\"key\":\"b1\",")
                .contains("\"key\":\"b10\"")
                .doesNotContain("\"key\":\"b11\"");
    }

    @Test
    void theStatusSumsUpWhatWasWritten() throws Exception {
        demand.read(Kind.DLQ, Records.letter("NOT_JSON", 3));
        assertThat(get("/v1/status").body())
                .contains("\"name\":\"demand\",\"state\":\"RUNNING\"")
                .contains("\"dead_letters\":{\"NOT_JSON\":1}")
                .contains("{\"h\":1,\"scores\":1,\"wape\":0.125,\"against_seasonal_naive\":0.25,\"coverage\":1}");
    }

    @Test
    void healthSaysDownWith503() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).isEqualTo(get("/health/ready").body());
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"up\",\"pipelines\":{\"demand\":\"RUNNING\"}}");
        well.ready = false;
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        well.live = false;
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
    }

    @Test
    void metricsAreThoseOfThePipelines() throws Exception {
        meters.pipeline("demand").deadLetter("LATE");
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.headers().firstValue("Content-Type")).contains(Meters.CONTENT_TYPE);
        assertThat(answer.body()).contains("tidecast_dead_letters_total{pipeline=\"demand\",reason=\"LATE\"} 1.0");
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<canvas").doesNotContainPattern("(src|href)=\"(https?:)?//");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .contains("connect-src 'self'");
        assertThat(page.body().length()).isLessThan(150_000);
    }

    @Test
    void thePageHasWordsForWhatItCannotDraw() throws Exception {
        assertThat(get("/?theme=dark").body())
                .contains("There is no forecast for this key in ")
                .contains("Waiting for the first event on ")
                .contains("events became dead letters")
                .contains("Out of date: ")
                .contains("Its past is not kept in memory");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/series, 400",
        "/v1/series?pipeline=none, 400",
        "/v1/series?pipeline=demand&limit=0, 400",
        "/v1/series?pipeline=demand&limit=9999999999, 400",
        "/v1/series?pipeline=demand&limit=x, 400",
        "/v1/forecasts/?pipeline=demand, 400",
        "/v1/forecasts?pipeline=demand, 400",
        "/v1/history/?pipeline=demand, 400",
        "/v1/series?pipeline=demand&pipeline=stock, 400",
        "/v1/series?pipeline=demand&state=tepid, 400",
        "/nothing, 404",
        "/v1/forecasts/%E2%82?pipeline=demand, 404",
        "/page.html, 404",
        "/v1/series?pipeline=demand&prefix=%zz, 400"
    })
    void aWrongQuestionIsAnsweredAsJson(String path, int status) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        if (!path.contains("%zz")) {
            assertThat(answer).contains("{\"error\":\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/series?pipeline=demand&stat=ready | pipeline, prefix, state, limit",
                "/v1/forecasts/k?pipeline=demand&limit=3 | pipeline",
                "/v1/history/k?pipeline=demand&prefix= | pipeline, limit",
                "/v1/status?pipeline=demand | none",
                "/health?x=1 | none",
                "/health/live?x | none",
                "/health/ready?x=1 | none",
                "/metrics?name=x | none",
                "/?them=dark | theme"
            })
    void aParameterThatIsNotKnownIsRefusedAndTheKnownOnesAreNamed(String path, String known) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("there is no parameter").endsWith("known here: " + known + "\"}");
    }

    @Test
    void aDefectIsNotTheCallersMistakeAndIsLogged() throws Exception {
        try (LogLines lines = new LogLines(HttpSide.class)) {
            well.defect = new IllegalArgumentException("a defect inside");
            HttpResponse<String> answer = get("/v1/status");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("\"error\":\"failed\"").doesNotContain("a defect inside");
            assertThat(lines.thrown()).containsExactly("a defect inside");
        }
    }

    @Test
    void seriesAreFoundByTheirState() throws Exception {
        demand.read(Kind.FORECASTS, Records.inState("c1", "cold"));
        demand.read(Kind.FORECASTS, Records.inState("c2", "cold"));
        demand.read(Kind.FORECASTS, Records.stale("c2", "warming"));
        assertThat(get("/v1/series?pipeline=demand&state=cold").body())
                .isEqualTo("{\"pipeline\":\"demand\",\"total\":1,\"series\":["
                        + "{\"key\":\"c1\",\"state\":\"cold\",\"observed\":41,\"stale\":false}]}");
        assertThat(get("/v1/series?pipeline=demand&state=warming&prefix=c").body())
                .contains("\"total\":1,", "{\"key\":\"c2\",\"state\":\"warming\",\"observed\":41,\"stale\":true}");
        assertThat(get("/v1/status").body())
                .contains("\"series\":3,\"series_by_state\":{\"cold\":1,\"warming\":1,\"ready\":1,\"unknown\":0},"
                        + "\"stale\":1,\"series_in_memory\":3,");
    }

    @Test
    void thePastOfASeriesThatMadeRoomIsNotKeptAndThatIsSaid() throws Exception {
        Board small = new Board(Records.pipeline("demand"), 2);
        for (String key : List.of("a", "b", "c")) {
            small.read(Kind.FORECASTS, Records.forecast(key, 1, "event"));
        }
        small.caughtUp();
        try (HttpSide other = HttpSide.start("127.0.0.1", 0, List.of(small), well, meters)) {
            HttpResponse<String> gone = get(other, "/v1/history/a");
            assertThat(gone.statusCode()).isEqualTo(410);
            assertThat(gone.body()).contains("\"error\":\"not_kept\"", "demand.accuracy", "/v1/forecasts/a");
            assertThat(get(other, "/v1/history/c").statusCode()).isEqualTo(200);
            assertThat(get(other, "/v1/history/d").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void theStatusSaysWhatRunsAndHowFarItHasRead() throws Exception {
        assertThat(get("/v1/status").body())
                .startsWith("{\"version\":\"from classes\",\"uptime_seconds\":")
                .contains("\"step\":\"P1D\",\"zone\":\"UTC\",\"horizon\":2,\"topics\":{\"source\":\"in\","
                        + "\"forecasts\":\"demand.forecasts\",\"accuracy\":\"demand.accuracy\",\"dlq\":\"demand.dlq\"}")
                .contains("\"reading\":\"up_to_date\",\"reading_failures\":0,\"forecasts\":1")
                .contains("\"reading\":\"catching_up\"");
        demand.fellBehind("the brokers are away");
        assertThat(get("/v1/status").body())
                .contains("\"reading\":\"failing\",\"reading_failure\":\"the brokers are away\","
                        + "\"reading_failures\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void nothingCanBeChangedFromHere(String method) throws Exception {
        String answer = raw(method + " /v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD");
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        String answer = raw("HEAD /v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "127.0.0.1:8080, 200",
        "[::1]:80, 200",
        "evil.example, 403",
        "localhost.evil.example, 403"
    })
    void onTheLoopbackAddressForeignNamesAreRefused(String host, int status) throws Exception {
        String answer = raw("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n", "GET http://[ HTTP/1.1\r\n\r\n"})
    void garbageIsRefusedAndTheNextCallerIsServed(String request) throws Exception {
        assertThat(raw(request)).doesNotStartWith("HTTP/1.1 200");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aLongAddressIsRefused() throws Exception {
        assertThat(get("/v1/forecasts/" + "x".repeat(5000) + "?pipeline=demand").statusCode())
                .isEqualTo(414);
    }

    @Test
    void aTakenPortIsAnErrorOrTheNextOneIsTaken() throws Exception {
        int taken = URI.create(side.url()).getPort();
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> HttpSide.start("127.0.0.1", taken, List.of(demand), well, meters));
        try (HttpSide next = HttpSide.startNear(taken, List.of(demand), well, meters)) {
            assertThat(URI.create(next.url()).getPort()).isGreaterThan(taken);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(side, path);
    }

    private static HttpResponse<String> get(HttpSide side, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(side.url() + path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress("127.0.0.1", URI.create(side.url()).getPort()));
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
