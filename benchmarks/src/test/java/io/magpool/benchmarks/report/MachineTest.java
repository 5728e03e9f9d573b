/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void aKernelIsNamedByItsFirstTwoNumbers() {
        assertThat(Machine.kernel("6.18.44-custom-build")).isEqualTo("6.18");
        assertThat(Machine.kernel("10.0")).isEqualTo("10.0");
        assertThat(Machine.kernel("unknown")).isEqualTo("unknown");
    }
}
