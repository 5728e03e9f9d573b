/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.magpool.api.BufferPool;
import io.magpool.api.PooledBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** pmap shows which memory is a pool's, where the kernel can name mappings. */
class MappingNamesTest {

    private static final Path MAPS = Path.of("/proc/self/maps");

    @Test
    void mappingsBearThePoolsName() throws IOException {
        Variant.LINUX_ASYMMETRIC.assumePossible();
        try (BufferPool pool = BufferPool.create(Variant.LINUX_ASYMMETRIC.config().name("seen-in-pmap").build())) {
            try (PooledBuffer chunk = pool.acquire(1000); PooledBuffer large = pool.acquire(3 << 20)) {
                assumeTrue(lineOf(chunk.address()).contains("[anon:"), "the kernel cannot name mappings");
                for (PooledBuffer buffer : new PooledBuffer[]{chunk, large}) {
                    assertThat(lineOf(buffer.address())).endsWith("[anon:magpool:seen-in-pmap]");
                }
                PooledBuffer grown = large.reallocate(30 << 20);
                assertThat(lineOf(grown.address() + grown.capacity() - 1)).endsWith("[anon:magpool:seen-in-pmap]");
            }
        }
    }

    private static String lineOf(long address) throws IOException {
        for (String line : Files.readAllLines(MAPS)) {
            String[] range = line.substring(0, line.indexOf(' ')).split("-", 2);
            if (Long.parseUnsignedLong(range[0], 16) <= address && address < Long.parseUnsignedLong(range[1], 16)) {
                return line;
            }
        }
        throw new AssertionError("no mapping has address " + Long.toHexString(address));
    }
}
