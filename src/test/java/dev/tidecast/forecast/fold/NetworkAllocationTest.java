package dev.tidecast.forecast.fold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The same as {@link AllocationTest} with a network, which took 19.0 KB. It runs with the plain kernels alone (pom.xml): vectors are objects
 * until the JIT compiles them away, and in a JVM that runs all tests it does not always do that.
 */
class NetworkAllocationTest {
    private static final long NETWORK = 19_000 / 3;

    @Test
    void anEventWithANetworkAllocatesAThirdOfWhatItDid() {
        Forecaster forecaster = new Forecaster(Nets.with(AllocationTest.days(), Nets.of("lstm", 40, 14)));
        long bytes = AllocationTest.bytesPerEvent(forecaster, Nets.model(forecaster, 1), NETWORK);
        assertThat(bytes).isLessThan(NETWORK);
    }
}
