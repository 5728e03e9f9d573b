/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("modulepath")
class AdapterModulePathTest {

    @Test
    void worksAsAModule() {
        assertThat(MagpoolByteBufAllocator.class.getModule().getName()).isEqualTo("io.magpool.netty");
        try (MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create()) {
            ByteBuf buf = allocator.directBuffer(100).writeLong(42);
            assertThat(buf.readLong()).isEqualTo(42);
            assertThat(buf.release()).isTrue();
        }
    }
}
