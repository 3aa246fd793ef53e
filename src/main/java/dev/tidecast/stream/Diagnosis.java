package dev.tidecast.stream;

import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.StateException;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means for the person who runs a pipeline: one line with what happened and what to do about it.
 * {@link Restarts} asks when a stream thread has died.
 */
final class Diagnosis {
    private static final int DEEPEST = 16;

    private final Pipeline pipeline;

    Diagnosis(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** The sentence of the first rule that knows any of the causes. */
    String of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return rules().map(rule -> first(rule, causes))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> unknown(failure))
                .replaceAll("\\s*\\R\\s*", " ");
    }

    /** The failure and what caused it, from the outside in. */
    static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        // Bounded: a cause may lead back to itself through others.
        for (Throwable cause = failure; cause != null && causes.size() < DEEPEST; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static @Nullable String first(Function<Throwable, @Nullable String> rule, List<Throwable> causes) {
        return causes.stream().map(rule).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private Stream<Function<Throwable, @Nullable String>> rules() {
        return Stream.of(Diagnosis::stored, this::machine, this::rights, this::rivals, this::brokers);
    }

    private static @Nullable String stored(Throwable cause) {
        if (cause instanceof CorruptStateException) {
            return cause.getMessage() + ": reset the pipeline (docs/operations.md)";
        }
        return cause instanceof StateException || cause instanceof ArrivalSerde.NewerArrivalException
                ? cause.getMessage()
                : null;
    }

    private @Nullable String machine(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return "the disk of state.dir " + stateDir() + " is full: make room on it, then start again";
        }
        if (message.contains("Read-only file system") || message.contains("Permission denied")) {
            return "state.dir " + stateDir() + " cannot be written (" + message
                    + "): give this user the right to write there, or choose another folder";
        }
        return cause instanceof OutOfMemoryError
                ? "the JVM has no memory left (" + cause + "): give it more, for instance TIDECAST_JAVA_OPTS=-Xmx2g"
                : null;
    }

    private @Nullable String rights(Throwable cause) {
        if (cause instanceof GroupAuthorizationException) {
            return Rights.group(pipeline.name());
        }
        if (cause instanceof TransactionalIdAuthorizationException) {
            return Rights.transactions(pipeline.name());
        }
        if (cause instanceof TopicAuthorizationException refused) {
            return "the brokers refuse topics " + refused.unauthorizedTopics() + ": grant Read on "
                    + pipeline.source().topic() + ", Write on " + pipeline.topic(Kind.FORECASTS) + ", "
                    + pipeline.topic(Kind.ACCURACY) + " and " + pipeline.topic(Kind.DLQ)
                    + ", and both on topics that begin with " + pipeline.name() + "-";
        }
        if (cause instanceof ClusterAuthorizationException) {
            return "the brokers refuse an action on the cluster (" + cause.getMessage()
                    + "): grant Create on topics that begin with " + pipeline.name() + "-";
        }
        return cause instanceof AuthenticationException ? Brokers.refusedLogin(bootstrap(), cause) : null;
    }

    private @Nullable String rivals(Throwable cause) {
        if (cause instanceof FencedInstanceIdException) {
            return "another process has joined group " + pipeline.name()
                    + " with the same group.instance.id: give every instance its own";
        }
        if (cause instanceof ProducerFencedException) {
            return "another process writes with the same transactional id: give every instance a state.dir of its own"
                    + " that is no copy";
        }
        return cause instanceof LockException
                ? "state.dir " + stateDir() + " is locked by another thread or process (" + cause.getMessage()
                        + "): give every instance a folder of its own"
                : null;
    }

    private @Nullable String brokers(Throwable cause) {
        if (cause instanceof MissingSourceTopicException || cause instanceof UnknownTopicOrPartitionException) {
            return "a topic is gone (" + cause.getMessage() + "): see that "
                    + pipeline.source().topic()
                    + " and the topics that begin with " + pipeline.name()
                    + " are there; if those were deleted, reset the pipeline (docs/operations.md)";
        }
        if (cause instanceof UnsupportedVersionException) {
            return "the brokers are too old for what is asked of them (" + cause.getMessage() + "): upgrade them";
        }
        return cause instanceof TimeoutException
                ? "the brokers at " + bootstrap() + " did not answer in time (" + cause.getMessage()
                        + "): see whether they run, then start again"
                : null;
    }

    private static String unknown(Throwable failure) {
        return Failures.root(failure) + ": start again; if it comes back, report it with a log of LOG_FORMAT=trace";
    }

    private String stateDir() {
        return String.valueOf(pipeline.kafka().get(StreamsConfig.STATE_DIR_CONFIG));
    }

    private String bootstrap() {
        return String.valueOf(pipeline.kafka().get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG));
    }
}
