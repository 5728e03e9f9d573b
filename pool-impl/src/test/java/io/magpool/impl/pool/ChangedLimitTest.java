/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The limit can be changed while the pool is at work. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class ChangedLimitTest extends PoolTest {

    private BufferPool pool;

    @BeforeEach
    void createPool() {
        pool = pool(8 * MIB);
    }

    private Running<PooledBuffer> waiter(long size) {
        return start(() -> pool.acquire(BufferRequest.of(size).within(Duration.ofSeconds(40)))).awaitParked();
    }

    @Test
    void aHigherLimitGivesMoreRoom() {
        List<PooledBuffer> held = fill(pool, MIB);
        pool.setMaxBytes(32 * MIB);
        assertThat(pool.statistics().maxBytes()).isEqualTo(32 * MIB);
        held.addAll(fill(pool, MIB));
        assertThat(held).hasSize(32);
        assertAddsUp(pool, held);
        release(held);
    }

    @Test
    void aHigherLimitServesWhoWaits() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        Running<PooledBuffer> first = waiter(MIB);
        Running<PooledBuffer> second = waiter(4 * MIB);
        pool.onAvailable(2 * MIB, () -> ran.add(1));
        pool.setMaxBytes(32 * MIB);
        held.add(join(first));
        held.add(join(second));
        Eventually.passes(() -> assertThat(pool.statistics().waiting()).isZero());
        assertThat(ran).containsExactly(1);
        assertAddsUp(pool, held);
        release(held);
    }

    @Test
    void aLowerLimitRefusesUntilItFits() {
        pool.setMaxBytes(16 * MIB);
        List<PooledBuffer> held = fill(pool, MIB);
        assertThat(held).hasSize(16);
        pool.setMaxBytes(8 * MIB);
        assertThat(pool.statistics().chargedBytes()).as("nothing is taken from anybody").isEqualTo(16 * MIB);
        for (int i = 0; i < 8; i++) {
            assertThat(pool.tryAcquire(2 * MIB)).isNull();
            held.removeLast().release();
        }
        assertThat(pool.tryAcquire(2 * MIB)).isNull();
        held.removeLast().release();
        held.removeLast().release();
        held.add(pool.acquire(2 * MIB));
        assertAddsUp(pool, held);
        release(held);
    }

    @Test
    void aLowerLimitRefusesWhoWaitsInVain() {
        List<PooledBuffer> held = fill(pool, MIB);
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        Running<PooledBuffer> greedy = waiter(8 * MIB);
        pool.onAvailable(7 * MIB, () -> ran.add(1));
        pool.setMaxBytes(6 * MIB);
        assertThat(ran).containsExactly(1);
        assertThatThrownBy(() -> join(greedy)).hasCauseInstanceOf(PoolExhaustedException.class);
        assertThat(pool.statistics().waiting()).isZero();
        release(held);
    }

    @Test
    void automaticMeansTheSameAsInTheConfiguration() {
        pool.setMaxBytes(PoolConfig.AUTO);
        assertThat(pool.statistics().maxBytes()).isEqualTo(DefaultLimit.bytes(variant.config().build().storage()));
    }

    @Test
    void aLimitThatIsNoneChangesNothing() {
        for (long wrong : List.of(-1L, 1L, 4 * MIB - 1, (1L << 46) + 1)) {
            assertThatThrownBy(() -> pool.setMaxBytes(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "maxBytes is " + wrong + ": must be 0 (chosen by the pool), or bytes from 4m to 65536g");
        }
        assertThat(pool.statistics().maxBytes()).isEqualTo(8 * MIB);
        pool.close();
        assertThatThrownBy(() -> pool.setMaxBytes(16 * MIB)).isInstanceOf(PoolClosedException.class);
    }
}
