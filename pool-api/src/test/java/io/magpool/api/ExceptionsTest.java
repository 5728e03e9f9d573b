/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Messages are for people who look for the cause. */
class ExceptionsTest {

    @Test
    void exhaustionTellsTheNumbers() {
        PoolExhaustedException thrown = new PoolExhaustedException("web", 10, 100, 95, 60, 30);
        assertThat(thrown)
                .hasMessage("pool web has no room for 10 bytes: limit 100, charged 95, acquired 60, cached 30");
        assertThat(thrown.asked()).isEqualTo(10);
        assertThat(thrown.limit()).isEqualTo(100);
        assertThat(thrown.charged()).isEqualTo(95);
        assertThat(thrown.acquired()).isEqualTo(60);
        assertThat(thrown.cached()).isEqualTo(30);
    }

    @Test
    void aRefusalTellsTheCallAndTheReason() {
        MemoryRefusedException thrown = new MemoryRefusedException("mmap of 4096 bytes", "ENOMEM");
        assertThat(thrown).hasMessage("mmap of 4096 bytes was refused: ENOMEM");
        assertThat(thrown.reason()).isEqualTo("ENOMEM");
    }

    @Test
    void theOthersNameWhatTheyAreAbout() {
        assertThat(new PoolClosedException("web")).hasMessage("pool web is closed");
        assertThat(new BufferNotAcquiredException("buffer 7"))
                .hasMessage("buffer 7 is not acquired: it was released already");
    }
}
