package dev.tidecast.serve;

import dev.tidecast.stream.ForecastStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The health of the pipelines of this process: live while none needs a restart, ready when all answer events. */
public record Conditions(List<ForecastStream> streams) implements Health {
    @Override
    public boolean isLive() {
        return streams.stream().allMatch(stream -> stream.health().live());
    }

    @Override
    public boolean isReady() {
        return streams.stream().allMatch(stream -> stream.health().ready());
    }

    @Override
    public Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        for (ForecastStream stream : streams) {
            ForecastStream.Health health = stream.health();
            states.put(
                    health.pipeline(),
                    health.failure().map(f -> health.state() + ": " + f).orElse(health.state()));
        }
        return states;
    }
}
