/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Netty's system properties, in a JVM of their own that has them set. */
@Tag("core")
class NettyPropertiesTest {

    @RegisterExtension
    final OpenAllocator allocators = new OpenAllocator(16 * TestAllocators.MIB);

    @Test
    @EnabledIfSystemProperty(named = "io.netty.noPreferDirect", matches = "true")
    void noPreferDirectTurnsToTheHeapAsInNetty() {
        ByteBuf plain = allocators.get().buffer(8);
        ByteBuf io = allocators.get().ioBuffer(8);
        assertThat(plain.hasArray()).isTrue();
        assertThat(io.isDirect()).isTrue();
        plain.release();
        io.release();
    }

    @Test
    @EnabledIfSystemProperty(named = "io.netty.buffer.checkBounds", matches = "false")
    void withoutChecksTheSlackOfAChunkIsWithinReach() {
        for (Kind kind : Kind.values()) {
            ByteBuf buf = kind.buffer(allocators.get(), 100);
            assertThat(TestAllocators.root(buf).room()).isGreaterThanOrEqualTo(108);
            assertThat(buf.setLong(100, 42).getLong(100)).isEqualTo(42);
            buf.release();
        }
    }
}
