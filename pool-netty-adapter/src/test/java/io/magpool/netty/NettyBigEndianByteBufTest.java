/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;

/** Netty's tests on buffers as they are. */
@Tag("core")
class NettyBigEndianByteBufTest extends NettyByteBufContract {

    @Override
    @SuppressWarnings("deprecation") // the order is what is tested
    protected ByteBuf alloc(int length, int maxCapacity) {
        ByteBuf buf = allocator().directBuffer(length, maxCapacity).order(ByteOrder.BIG_ENDIAN);
        assertThat(buf.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        return buf;
    }
}
