package dev.tidecast.stream;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** What a topology's topics weigh on the one broker. */
final class TopicSizes {
    private TopicSizes() {}

    static Turns.Sizes of(String bootstrap, Pipeline pipeline, long records) {
        Set<String> outputs = Set.of(pipeline.topic(Kind.FORECASTS), pipeline.topic(Kind.ACCURACY));
        Set<String> changelogs = Set.of(
                pipeline.name() + "-" + Names.OPEN_STORE + "-changelog",
                pipeline.name() + "-" + Names.SERIES_STORE + "-changelog");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return new Turns.Sizes(bytes(admin, outputs) / (double) records, bytes(admin, changelogs));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long bytes(Admin admin, Set<String> topics) throws ExecutionException, InterruptedException {
        return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                .flatMap(folders -> folders.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .filter(replica -> topics.contains(replica.getKey().topic()))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }
}
