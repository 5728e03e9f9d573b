/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.junit.jupiter.api.Test;

class AnsweringServerTest {

    @Test
    void eachRequestIsAnsweredWithSoManyBytes() throws IOException {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
        try (AnsweringServer server = new AnsweringServer(allocator, 1_000)) {
            URI address = URI.create("http://127.0.0.1:" + server.port() + "/");
            for (int i = 0; i < 3; i++) {
                try (InputStream answer = address.toURL().openStream()) {
                    assertThat(answer.readAllBytes()).hasSize(1_000);
                }
            }
        }
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }
}
