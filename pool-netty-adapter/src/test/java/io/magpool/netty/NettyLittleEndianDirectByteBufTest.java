/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;

/** Netty's tests on direct buffers, seen in the other byte order. */
@Tag("core")
class NettyLittleEndianDirectByteBufTest extends NettyByteBufContract {

    NettyLittleEndianDirectByteBufTest() {
        super(Kind.DIRECT, ByteOrder.LITTLE_ENDIAN);
    }
}
