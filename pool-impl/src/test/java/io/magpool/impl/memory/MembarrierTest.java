/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The barrier by system call, and what takes over where it fails. */
class MembarrierTest {

    private final AtomicInteger fallbacks = new AtomicInteger();
    private final Barrier fallback = new Barrier() {
        @Override
        public String name() {
            return "fallback";
        }

        @Override
        public void execute() {
            fallbacks.incrementAndGet();
        }
    };

    @BeforeEach
    void assumeNativeAccess() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux") && Platform.class.getModule().isNativeAccessEnabled());
    }

    @Test
    void whereItWorksTheFallbackIsNotAsked() {
        Membarrier barrier = new Membarrier(fallback);
        org.junit.jupiter.api.Assumptions.assumeTrue(barrier.name().equals("membarrier"), "a kernel without it");
        barrier.execute();
        assertThat(fallbacks).hasValue(0);
    }

    @Test
    void anUnknownCommandIsReportedByANegativeResult() {
        assertThat(Libc.membarrier(1 << 30)).isNegative();
    }

    @Test
    void errorsAreNamed() {
        assertThat(Libc.errorName(12)).isEqualTo("ENOMEM");
        assertThat(Libc.errorName(22)).isEqualTo("EINVAL");
        assertThat(Libc.errorName(4242)).isEqualTo("errno 4242");
    }
}
