/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;

/** Netty's tests on heap buffers, seen in the other byte order. */
@Tag("core")
class NettyLittleEndianHeapByteBufTest extends NettyByteBufContract {

    NettyLittleEndianHeapByteBufTest() {
        super(Kind.HEAP, ByteOrder.LITTLE_ENDIAN);
    }
}
