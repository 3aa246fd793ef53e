package dev.tidecast.forecast.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KinshipTest {
    @Test
    void keysWithTheSamePartsAreKin() {
        Kinship byStore = Kinship.of(List.of("store"));
        assertThat(byStore.of("store=12/sku=A-77")).isEqualTo("store=12");
        assertThat(byStore.of("store=12/sku=B-1")).isEqualTo(byStore.of("store=12/sku=A-77"));
        assertThat(byStore.of("store=13/sku=A-77")).isNotEqualTo(byStore.of("store=12/sku=A-77"));
        assertThat(Kinship.of(List.of("sku", "store")).of("store=12/sku=A-77")).isEqualTo("store=12/sku=A-77");
    }

    @Test
    void everyKeyIsAKinOfItsOwnOrAllAreOne() {
        assertThat(Kinship.EACH.of("a/b=c")).isEqualTo("a/b=c");
        assertThat(Kinship.NONE.of("a/b=c")).isEmpty();
        assertThat(Kinship.NONE.tellsApart()).isFalse();
        assertThat(Kinship.EACH.tellsApart()).isTrue();
    }

    @Test
    void aKeyWithoutTheAttributeHasNoKin() {
        Kinship byStore = Kinship.of(List.of("store"));
        assertThat(byStore.of("sku=A-77")).isEmpty();
        assertThat(byStore.of("store")).isEmpty();
        assertThat(byStore.of("")).isEmpty();
    }

    @Test
    void namesAndValuesMayHoldSlashesAndTildes() {
        Kinship kinship = Kinship.of(List.of("a/b~"));
        assertThat(kinship.of("a~1b~0=x~1y/c=d")).isEqualTo("a~1b~0=x~1y");
    }
}
