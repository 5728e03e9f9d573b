/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;

/** Netty's tests on heap buffers, as they are. */
@Tag("core")
class NettyBigEndianHeapByteBufTest extends NettyByteBufContract {

    NettyBigEndianHeapByteBufTest() {
        super(Kind.HEAP, ByteOrder.BIG_ENDIAN);
    }
}
