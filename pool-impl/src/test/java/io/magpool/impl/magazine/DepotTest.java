/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.concurrent.NumberedTable;
import org.junit.jupiter.api.Test;

class DepotTest {

    private final NumberedTable<Magazine> magazines = new NumberedTable<>(100);
    private final Depot depot = new Depot(magazines);

    private Magazine magazine(int rounds) {
        Magazine magazine = magazines.add(number -> new Magazine(number, 8));
        for (int i = 0; i < rounds; i++) {
            magazine.push(i);
        }
        return magazine;
    }

    @Test
    void magazinesWithAndWithoutRoundsAreKeptApart() {
        Magazine empty = magazine(0);
        Magazine partial = magazine(3);
        Magazine full = magazine(8);
        depot.put(empty);
        depot.put(partial);
        depot.put(full);
        assertThat(depot.loadedMagazines()).isEqualTo(2);
        assertThat(depot.rounds()).isEqualTo(11);
        assertThat(depot.takeLoaded()).isSameAs(full);
        assertThat(depot.takeLoaded()).isSameAs(partial);
        assertThat(depot.takeLoaded()).isNull();
        assertThat(depot.takeEmpty()).isSameAs(empty);
        assertThat(depot.takeEmpty()).isNull();
    }

    @Test
    void whatIsOfThisIntervalIsTakenBeforeWhatIsOlder() {
        Magazine old = magazine(1);
        Magazine fresh = magazine(1);
        depot.put(old);
        depot.flip();
        depot.put(fresh);
        assertThat(depot.loadedMagazines()).isEqualTo(2);
        assertThat(depot.takeLoaded()).isSameAs(fresh);
        assertThat(depot.takeLoaded()).isSameAs(old);
    }

    @Test
    void onlyWhatWasUntouchedSinceTheLastFlipIsIdle() {
        Magazine idle = magazine(2);
        Magazine used = magazine(2);
        depot.put(idle);
        depot.put(used);
        assertThat(depot.takeIdle()).as("of this interval").isNull();
        depot.flip();
        assertThat(depot.takeLoaded()).isSameAs(used);
        depot.put(used);
        assertThat(depot.takeIdle()).isSameAs(idle);
        assertThat(depot.takeIdle()).isNull();
        depot.flip();
        assertThat(depot.takeIdle()).isSameAs(used);
        assertThat(depot.rounds()).isZero();
    }

    @Test
    void magazinesWithoutRoundsAreForgottenIfNobodyWantsThem() {
        Magazine idle = magazine(0);
        Magazine used = magazine(0);
        depot.put(idle);
        depot.put(used);
        depot.dropEmpty(false);
        assertThat(depot.magazines()).as("of this interval").isEqualTo(2);
        depot.flip();
        assertThat(depot.takeEmpty()).isSameAs(used);
        depot.put(used);
        depot.dropEmpty(false);
        assertThat(depot.magazines()).isEqualTo(1);
        Magazine next = magazine(0);
        assertThat(next.number()).as("is used again").isEqualTo(idle.number());
        assertThat(next).isNotSameAs(idle);
        depot.put(next);
        depot.dropEmpty(true);
        assertThat(depot.magazines()).isZero();
        assertThat(depot.takeEmpty()).isNull();
        depot.put(magazine(3));
        assertThat(depot.takeLoaded()).extracting(Magazine::count).isEqualTo(3);
    }

    @Test
    void nothingIsLostWhereFlipsComeTwice() {
        Magazine magazine = magazine(5);
        depot.put(magazine);
        depot.flip();
        depot.flip();
        assertThat(depot.rounds()).isEqualTo(5);
        assertThat(depot.takeLoaded()).isSameAs(magazine);
    }
}
