/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.memory.AddressRange;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Which mappings are kept, which are reused, and which go: numbers only. */
class LargeCacheTest {

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final LargeCache cache = new LargeCache();

    private static Mapping mapping(long bytes) {
        return mapping(0, bytes);
    }

    private static Mapping mapping(long address, long bytes) {
        MemorySegment somewhere = MemorySegment.ofAddress(address);
        return new Mapping(new AddressRange(somewhere, bytes), somewhere);
    }

    @Test
    void anEmptyCacheHasNothing() {
        assertThat(cache.take(1, 1)).isNull();
        assertThat(cache.takeOldest()).isNull();
        assertThat(takeWithin(0, 100, NO_LIMIT)).isNull();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void theSmallestThatFitsIsTaken() {
        Mapping[] kept = {mapping(1100), mapping(1040), mapping(999), mapping(1080)};
        for (Mapping each : kept) {
            assertThat(cache.put(each, 0, NO_LIMIT)).isTrue();
        }
        assertThat(cache.take(1000, 1)).isSameAs(kept[1]);
        assertThat(cache.take(1000, 1)).isSameAs(kept[3]);
        assertThat(cache.take(1000, 1)).isSameAs(kept[0]);
        assertThat(cache.take(1000, 1)).as("999 is too small").isNull();
        assertThat(cache.bytes()).isEqualTo(999);
    }

    @Test
    void atMostAnEighthIsWasted() {
        cache.put(mapping(1126), 0, NO_LIMIT);
        assertThat(cache.take(1000, 1)).isNull();
        cache.put(mapping(1125), 0, NO_LIMIT);
        assertThat(cache.take(1000, 1)).isNotNull();
    }

    @Test
    void ofEqualOnesTheYoungestIsTaken() {
        Mapping older = mapping(1000);
        Mapping younger = mapping(1000);
        cache.put(older, 1, NO_LIMIT);
        cache.put(younger, 2, NO_LIMIT);
        assertThat(cache.take(1000, 1)).isSameAs(younger);
        assertThat(cache.takeOldest()).isSameAs(older);
    }

    @Test
    void anAlignmentMustHold() {
        Mapping odd = mapping(4096, 8192);
        cache.put(odd, 0, NO_LIMIT);
        assertThat(cache.take(8192, 8192)).isNull();
        Mapping even = mapping(8192, 8192);
        cache.put(even, 0, NO_LIMIT);
        cache.put(mapping(12_288, 8192), 0, NO_LIMIT);
        assertThat(cache.take(8192, 8192)).isSameAs(even);
    }

    @Test
    void itIsBoundedInNumberAndInBytes() {
        assertThat(cache.put(mapping(101), 0, 100)).isFalse();
        assertThat(cache.put(mapping(60), 0, 100)).isTrue();
        assertThat(cache.put(mapping(41), 0, 100)).isFalse();
        assertThat(cache.put(mapping(40), 0, 100)).isTrue();
        assertThat(cache.bytes()).isEqualTo(100);
        for (int i = 2; i < LargeCache.MAX_MAPPINGS; i++) {
            assertThat(cache.put(mapping(1), 0, 200)).isTrue();
        }
        assertThat(cache.put(mapping(1), 0, 200)).isFalse();
    }

    @Test
    void whatIsOldGoesOldestFirstAlsoWhereTheClockWraps() {
        long start = Long.MAX_VALUE - 10;
        Mapping first = mapping(10);
        Mapping second = mapping(20);
        cache.put(first, start, NO_LIMIT);
        cache.put(second, start + 100, NO_LIMIT);
        assertThat(cache.bytesOlderThan(51, start + 50)).isZero();
        assertThat(takeWithin(51, start + 50, NO_LIMIT)).isNull();
        assertThat(cache.bytesOlderThan(51, start + 51)).isEqualTo(10);
        assertThat(takeWithin(51, start + 51, NO_LIMIT)).isSameAs(first);
        assertThat(takeWithin(51, start + 51, NO_LIMIT)).isNull();
        assertThat(takeWithin(51, start + 151, NO_LIMIT)).isSameAs(second);
        assertThat(cache.bytes()).isZero();
    }

    private Mapping takeWithin(long age, long nanoTime, long budget) {
        return cache.takeWithin(age, nanoTime, budget, budget);
    }

    @Test
    void aBudgetTakesTheOldestThatItSufficesFor() {
        Mapping[] kept = {mapping(30), mapping(20), mapping(10)};
        for (Mapping each : kept) {
            cache.put(each, 0, NO_LIMIT);
        }
        assertThat(takeWithin(0, 0, 9)).isNull();
        assertThat(takeWithin(0, 0, 25)).isSameAs(kept[1]);
        assertThat(cache.takeWithin(0, 0, 1, 9)).as("it may exceed the budget, but not so far").isNull();
        assertThat(cache.takeWithin(0, 0, 1, 30)).as("then by as little as can be").isSameAs(kept[2]);
        assertThat(cache.takeWithin(0, 0, 1, 30)).isSameAs(kept[0]);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void aClosedCacheKeepsNothing() {
        Mapping kept = mapping(10);
        cache.put(kept, 0, NO_LIMIT);
        cache.close();
        assertThat(cache.put(mapping(10), 0, NO_LIMIT)).isFalse();
        assertThat(cache.takeOldest()).isSameAs(kept);
    }
}
