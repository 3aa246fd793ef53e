package dev.tidecast.stream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The way to the brokers when a pipeline starts: addresses are checked before any client is made, the client that looks
 * at topics and rights gives up soon, and what keeps the brokers from answering becomes a {@link StartException}.
 */
final class Brokers {
    /** How long a question at the start may take; brokers that start at the same time are waited for. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(8);

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final int MOST_TRIED = 3;
    private static final String CURE = "correct bootstrap.servers (--bootstrap HOST:PORT)";

    private Brokers() {}

    /** Refuses addresses that are not HOST:PORT, and addresses none of which has a host that is known. */
    static void check(StreamsConfig config) {
        List<String> addresses = addresses(config);
        Addresses.fault(String.join(",", addresses)).ifPresent(fault -> {
            throw new StartException("bootstrap.servers " + fault);
        });
        if (addresses.stream().noneMatch(Brokers::isKnown)) {
            throw new StartException(
                    "no host of " + String.join(",", addresses) + " is known to this machine: " + CURE);
        }
    }

    /** The client for the questions at the start, and for {@link BrokerWatch} afterwards. */
    static Admin admin(StreamsConfig config, String pipeline) {
        Map<String, Object> settings = config.getAdminConfigs(pipeline + "-check");
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis() / 2);
        return Admin.create(settings);
    }

    /**
     * Waits for an answer of that client, but no longer than its own patience and a little: it may never come, because
     * something that is no broker can make the client ask for more memory than there is, which ends its thread.
     */
    static <T> T answer(KafkaFuture<T> question) throws ExecutionException, InterruptedException {
        try {
            return question.get(ANSWER_WITHIN.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new ExecutionException(
                    new TimeoutException("no answer within " + ANSWER_WITHIN.toSeconds() + " s", e));
        }
    }

    /** Says why no broker has answered: nobody listens, it cannot be reached, or what listens is none. */
    static StartException silent(StreamsConfig config, Throwable cause) {
        List<String> addresses = addresses(config);
        String all = String.join(",", addresses);
        if (cause instanceof AuthenticationException) {
            return new StartException(refusedLogin(all, cause), cause);
        }
        String why = "nobody listens there";
        for (String address : addresses.subList(0, Math.min(MOST_TRIED, addresses.size()))) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(Utils.getHost(address), Utils.getPort(address)), (int)
                        CONNECT_WITHIN.toMillis());
                return new StartException(
                        "something listens at " + address + ", but no Kafka broker has answered within "
                                + ANSWER_WITHIN.toSeconds() + " s: " + CURE + ", kafka.security.protocol (it is "
                                + config.originals().getOrDefault("security.protocol", "PLAINTEXT")
                                + "), or the advertised.listeners of the brokers",
                        cause);
            } catch (ConnectException | SocketTimeoutException e) {
                why = e instanceof ConnectException ? why : "it cannot be reached";
            } catch (IOException e) {
                why = e.getMessage();
            }
        }
        return new StartException(
                "no broker answers at " + all + " (" + why + "): start the brokers, or " + CURE, cause);
    }

    static String refusedLogin(String addresses, Throwable cause) {
        return "the brokers at " + addresses + " refuse the login (" + cause.getMessage()
                + "): correct security.protocol, sasl.* and ssl.* in the kafka: block";
    }

    private static List<String> addresses(StreamsConfig config) {
        return config.getList(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG);
    }

    private static boolean isKnown(String address) {
        try {
            return InetAddress.getByName(Utils.getHost(address)) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
