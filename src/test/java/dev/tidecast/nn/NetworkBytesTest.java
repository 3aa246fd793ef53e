package dev.tidecast.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.nn.cell.Gru;
import dev.tidecast.nn.cell.Lstm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class NetworkBytesTest {
    private static final Network NETWORK = Network.of(2, new Lstm(3));
    private static final float[] W = NETWORK.initialise(12);
    private static final float[] STATE = {1, -2, 3.5f, 0, -0f, 1e-30f};

    @Test
    void numbersComeBackAsTheyWere() {
        assertThat(NetworkBytes.weights(NETWORK, NetworkBytes.ofWeights(NETWORK, W)))
                .isEqualTo(W);
        assertThat(NetworkBytes.state(NETWORK, NetworkBytes.ofState(NETWORK, STATE)))
                .isEqualTo(STATE);
    }

    @Test
    void formatOneIsReadForEver() throws IOException {
        byte[] weights = NetworkBytes.ofWeights(NETWORK, W);
        byte[] state = NetworkBytes.ofState(NETWORK, STATE);
        byte[] goldenWeights = Golden.bytes("nn-weights-v1.bin", weights);
        byte[] goldenState = Golden.bytes("nn-state-v1.bin", state);
        assertThat(NetworkBytes.weights(NETWORK, goldenWeights)).isEqualTo(W);
        assertThat(NetworkBytes.state(NETWORK, goldenState)).isEqualTo(STATE);
        assertThat(weights).isEqualTo(goldenWeights);
        assertThat(state).isEqualTo(goldenState);
    }

    @Test
    void aFlippedBitIsAlwaysNoticed() {
        byte[] bytes = NetworkBytes.ofState(NETWORK, STATE);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> NetworkBytes.state(NETWORK, flipped)).isInstanceOf(BytesException.class);
        }
    }

    @Test
    void aWrongByteIsAlwaysNoticed() {
        byte[] bytes = NetworkBytes.ofWeights(NETWORK, W);
        for (int i = 0; i < bytes.length; i++) {
            byte[] wrong = bytes.clone();
            wrong[i] ^= (byte) 0xA5;
            assertThatThrownBy(() -> NetworkBytes.weights(NETWORK, wrong)).isInstanceOf(BytesException.class);
        }
    }

    @Test
    void aCutIsAlwaysNoticed() {
        byte[] bytes = NetworkBytes.ofState(NETWORK, STATE);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> NetworkBytes.state(NETWORK, cut)).isInstanceOf(BytesException.class);
        }
    }

    @Test
    void aNewerFormatIsRefusedClearly() {
        byte[] bytes = NetworkBytes.ofWeights(NETWORK, W);
        bytes[4] = 2;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
        assertThatThrownBy(() -> NetworkBytes.weights(NETWORK, bytes))
                .hasMessage("found format 2, this version reads up to format 1: start a newer Tidecast");
    }

    @Test
    void numbersOfAnotherNetworkAreRefused() {
        byte[] bytes = NetworkBytes.ofWeights(NETWORK, W);
        Network other = Network.of(2, new Gru(3));
        assertThatThrownBy(() -> NetworkBytes.weights(other, bytes)).hasMessageContaining("another shape");
        assertThatThrownBy(() -> NetworkBytes.state(NETWORK, bytes)).hasMessageContaining("state were expected");
        assertThatThrownBy(() -> NetworkBytes.ofState(NETWORK, W)).isInstanceOf(IllegalArgumentException.class);
    }
}
