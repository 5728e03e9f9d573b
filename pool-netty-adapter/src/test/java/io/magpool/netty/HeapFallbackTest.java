/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens where there is no memory for direct buffers and heap buffers may stand in. */
@Tag("core")
class HeapFallbackTest {

    private static final long LIMIT = 8 * TestAllocators.MIB;

    private final List<ByteBuf> held = new ArrayList<>();
    private MagpoolByteBufAllocator allocator;

    @BeforeEach
    void fillThePool() {
        allocator = MagpoolByteBufAllocator.builder()
                .directPool(PoolConfig.builder().maxBytes(LIMIT).build())
                .preferDirect(true)
                .heapFallback(true)
                .build();
        ByteBuf next = allocator.buffer(1 << 20);
        while (next.isDirect()) {
            held.add(next);
            next = allocator.buffer(1 << 20);
        }
        held.add(next);
    }

    @AfterEach
    void nothingIsStillInUse() {
        held.forEach(ByteBuf::release);
        allocator.close();
    }

    @Test
    void eachStandInIsCounted() {
        assertThat(allocator.metric().heapFallbacks()).isOne();
        held.add(allocator.buffer(1 << 20, 2 << 20));
        held.add(allocator.ioBuffer(1 << 20));
        assertThat(held.getLast().hasArray()).isTrue();
        assertThat(held.getLast().alloc()).isSameAs(allocator);
        assertThat(allocator.metric().heapFallbacks()).isEqualTo(3);
    }

    @Test
    void whoAsksForADirectBufferGetsOneOrAnError() {
        assertThatThrownBy(() -> allocator.directBuffer(1 << 20)).isInstanceOf(OutOfMemoryError.class)
                .hasCauseInstanceOf(PoolExhaustedException.class)
                .hasMessageContainingAll(Integer.toString(1 << 20), "limit " + LIMIT, "charged", "acquired", "cached");
        assertThatThrownBy(() -> held.getFirst().capacity(4 << 20)).isInstanceOf(OutOfMemoryError.class);
        assertThat(allocator.metric().heapFallbacks()).isOne();
    }

    @Test
    void badSizesAreRefusedAsEver() {
        assertThatIllegalArgumentException().isThrownBy(() -> allocator.buffer(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> allocator.ioBuffer(2 << 20, 1 << 20));
        assertThat(allocator.buffer(0, 0).capacity()).isZero();
        assertThat(allocator.metric().heapFallbacks()).isOne();
    }

    @Test
    void itEndsWhenThereIsRoomAgain() {
        held.removeFirst().release();
        held.add(allocator.buffer(1 << 20));
        assertThat(held.getLast().isDirect()).isTrue();
    }

    @Test
    void theLogTellsEachDoubling() {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("io.magpool.netty");
        log.addHandler(handler);
        log.setUseParentHandlers(false);
        try {
            for (int i = 2; i <= 16; i++) {
                allocator.buffer(1 << 20).release();
            }
        } finally {
            log.setUseParentHandlers(true);
            log.removeHandler(handler);
        }
        assertThat(records).as("at 2, 4, 8 and 16").hasSize(4);
        assertThat(records.getLast().getParameters()).contains("16", Integer.toString(1 << 20));
    }
}
