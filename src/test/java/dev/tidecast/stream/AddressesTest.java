package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:9092",
                "a:1,b-2.example.org:65535",
                "a:9092, b:9092",
                "10.0.0.1:9092",
                "[::1]:9092",
                "PLAINTEXT://kafka_1:9092"
            })
    void hostsWithPortsAreTaken(String addresses) {
        assertThat(Addresses.fault(addresses)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost | add the port, Kafka's usual one is 9092",
                "localhost: | add the port, Kafka's usual one is 9092",
                "a:9092,b | add the port, Kafka's usual one is 9092",
                "[::1] | add the port, Kafka's usual one is 9092",
                "a:0 | a port is a number from 1 to 65535",
                "a:65536 | a port is a number from 1 to 65535",
                "a:99999999999 | a port is a number from 1 to 65535",
                "a:port | a port is a number from 1 to 65535",
                "a:9092, | name a host and a port between commas",
                "a b:9092 | correct \"a b:9092\"",
                "::1:9092 | correct \"::1:9092\"",
                "http://a:9092/x | a port is a number from 1 to 65535"
            })
    void whatIsWrongIsNamedWithItsCure(String addresses, String cure) {
        assertThat(Addresses.fault(addresses)).contains("is HOST:PORT[,HOST:PORT...], was " + addresses + ": " + cure);
    }

    @Test
    void nothingIsNoAddress() {
        assertThat(Addresses.fault(""))
                .contains("is HOST:PORT[,HOST:PORT...], was empty: name a host and a port between commas");
    }
}
