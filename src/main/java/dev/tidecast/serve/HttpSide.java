package dev.tidecast.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: GET and HEAD only, few threads, a bounded queue, short patience with slow callers. On a loopback
 * address it also refuses foreign Host headers, so that no web page can read it through a name that points here.
 */
public final class HttpSide implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpSide.class);
    static final int THREADS = 4;
    private static final int QUEUE = 64;
    private static final int PORTS_TO_TRY = 50;
    private static final int LONGEST_PATH = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static {
        limit("sun.net.httpserver.maxReqTime", "10");
        limit("sun.net.httpserver.maxRspTime", "30");
        limit("sun.net.httpserver.maxReqHeaders", "64");
        limit("sun.net.httpserver.maxReqHeaderSize", "16384");
        limit("jdk.httpserver.maxConnections", "256");
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Routes routes;

    private HttpSide(HttpServer server, Routes routes) {
        this.server = server;
        this.routes = routes;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), work -> {
                    Thread thread = new Thread(work, "http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** Listens on exactly this port (0: any free one). */
    public static HttpSide start(String host, int port, List<Board> boards, Health health, Meters meters)
            throws IOException {
        return start(host, port, new Routes(boards, health, meters, new Lookup(boards, HttpSide::stored)));
    }

    /** Listens on exactly this port, and owns the routes from then on. */
    static HttpSide start(String host, int port, Routes routes) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 64);
        HttpSide side = new HttpSide(server, routes);
        server.start();
        return side;
    }

    /** Listens on this port of the loopback address, or on the next one that is free. */
    public static HttpSide startNear(int port, List<Board> boards, Health health, Meters meters) throws IOException {
        for (int next = port; ; next++) {
            try {
                return start("127.0.0.1", next, boards, health, meters);
            } catch (BindException e) {
                if (port == 0 || next >= Math.min(65_535, port + PORTS_TO_TRY)) {
                    throw e;
                }
            }
        }
    }

    private static StoredForecasts stored(Board board) {
        Pipeline pipeline = board.pipeline();
        return new StoredForecasts(pipeline.topic(Kind.FORECASTS), Consumers.single(pipeline), PATIENCE);
    }

    /** Where a browser finds it. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        InetAddress host = address.getAddress();
        String name = host.isAnyLocalAddress() ? "localhost" : host.getHostAddress();
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        routes.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", answer.type());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Content-Security-Policy", POLICY);
            if (answer.status() == 405) {
                headers.set("Allow", "GET, HEAD");
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", Integer.toString(answer.body().length));
                exchange.sendResponseHeaders(answer.status(), -1);
                return;
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Answer answer(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.error(405, "read_only", "only GET and HEAD are answered here");
        }
        if (exchange.getRequestURI().toString().length() > LONGEST_PATH) {
            return Answer.error(414, "too_long", "the address is longer than " + LONGEST_PATH + " characters");
        }
        if (isForeign(exchange.getRequestHeaders().getFirst("Host"))) {
            return Answer.error(403, "foreign_host", "this address is answered as localhost or by number only");
        }
        try {
            return routes.answer(Query.of(exchange.getRequestURI()));
        } catch (WrongQuestion e) {
            return Answer.error(400, "wrong_question", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} failed", exchange.getRequestURI().getPath(), e);
            return Answer.error(500, "failed", "the answer could not be made; the log says why");
        }
    }

    private boolean isForeign(@Nullable String host) {
        if (host == null || !server.getAddress().getAddress().isLoopbackAddress()) {
            return false;
        }
        String name = host.replaceFirst(":[0-9]+$", "");
        return !name.equalsIgnoreCase("localhost") && !name.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]");
    }

    private static void limit(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
