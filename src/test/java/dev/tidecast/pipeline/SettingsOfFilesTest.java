package dev.tidecast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.SettingsBuilder;
import dev.tidecast.forecast.spec.Target;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pipeline file and a builder that say the same make the same settings, whatever they leave out. */
class SettingsOfFilesTest {
    private static final Map<String, SettingsBuilder> STEPS = Map.of(
            "{size: P1D}", Settings.days("shop", ZoneOffset.UTC),
            "{size: P1W, zone: Europe/Prague}", Settings.weeks("shop", ZoneId.of("Europe/Prague")),
            "{size: PT1H}", Settings.hours("shop"),
            "{size: PT5M}", Settings.every("shop", Duration.ofMinutes(5)),
            "{size: PT36H}", Settings.every("shop", Duration.ofHours(36)),
            "none", Settings.eachObservation("shop"));

    private static Settings file(String bucket, String more) {
        return Forecasters.settings(Yaml.read(Yaml.SMALLEST.replace("{size: P1D}", bucket) + more));
    }

    private static void same(Settings built, Settings read) {
        assertThat(built.fingerprint()).isEqualTo(read.fingerprint());
        assertThat(built)
                .usingRecursiveComparison()
                .ignoringFields("steps.buckets", "target", "net.cell")
                .isEqualTo(read);
        assertThat(words(built)).isEqualTo(words(read));
    }

    /** What is compared by what it does: the floor of a kind need not be said. */
    private static List<Object> words(Settings settings) {
        Buckets buckets = settings.buckets();
        double floor = new dev.tidecast.forecast.state.Domain(settings).least();
        Target target = settings.target();
        return List.of(buckets.text(), buckets.zone(), buckets.aggregate(), target.kind(), target.max(), floor);
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void whatIsLeftOutMeansTheSame(TargetKind kind) {
        STEPS.forEach((bucket, builder) -> same(
                builder.kind(kind).horizon(28).build(),
                file(bucket, "target: {kind: " + kind.name().toLowerCase(Locale.ROOT) + "}\n")));
    }

    @Test
    void whatIsSaidMeansTheSame() {
        Settings read = file("{size: P1D, zone: Europe/Prague, aggregate: max}", """
                        target: {kind: nonneg, max: 90}
                        quantiles: [0.2, 0.5]
                        season: [7, 364]
                        missing: previous
                        late: {grace: PT6H, after: dlq}
                        emit: {on: bucket}
                        """);
        SettingsBuilder said = Settings.days("shop", ZoneId.of("Europe/Prague"))
                .aggregate(Aggregate.MAX)
                .nonneg()
                .bounds(0, 90)
                .horizon(28)
                .quantiles(.2, .5)
                .seasons(7, 364)
                .missing(Missing.PREVIOUS)
                .grace(Duration.ofHours(6))
                .emit(Emit.BUCKET);
        same(said.build(), read);
        same(said.build().toBuilder().build(), read);
    }

    @Test
    void aNetworkIsTheOneOfTheSameWords() {
        Settings few = Settings.days("shop", ZoneOffset.UTC)
                .horizon(28)
                .net(NetSpec.of("lstm", 40))
                .build();
        same(few, file("{size: P1D}", "model: {cell: lstm, units: [40]}\n"));

        NetSpec.Form form = new NetSpec.Form(false, true, 1, true);
        Settings many = Settings.hours("shop")
                .horizon(28)
                .net(NetSpec.of("clockwork", 12, 8)
                        .options(Map.of("periods", List.of(1, 2)))
                        .lags(30)
                        .project(5)
                        .window(9)
                        .calendar(false)
                        .form(form)
                        .members(3))
                .build();
        same(many, file("{size: PT1H}", """
                model: {cell: clockwork, units: [12, 8], periods: [1, 2], lags: [7, 30], project: 5, window: 9,
                        calendar: false, highway: false, members: 3}
                """));
    }
}
