/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The soak, for a moment. */
@Timeout(120)
class SoakTest {

    @Test
    void everythingOnForAMoment() throws Exception {
        Assumptions.assumeTrue(Soak.class.getModule().isNativeAccessEnabled(), "misuse by address needs native access");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Soak.run(System.nanoTime(), TimeUnit.SECONDS.toNanos(2), new PrintStream(text, true, StandardCharsets.UTF_8));
        assertThat(text.toString(StandardCharsets.UTF_8)).contains(
                "reports without a cause  0", "was released twice", "was written to after its release", "was leaked");
    }
}
