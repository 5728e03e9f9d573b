/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcFilesTest {

    @Test
    void theSizesOfAProcessAreReadFromTheirLines() {
        ProcessMemory memory = ProcessMemory.parse(List.of("Name:\tjava", "VmPeak:\t  900 kB", "VmSize:\t  800 kB"),
                List.of("7f00-7fff ---p 00000000 00:00 0 [rollup]", "Rss:   20 kB", "Pss:   10 kB"));

        assertThat(memory).isEqualTo(new ProcessMemory(800 << 10, 20 << 10));
    }

    @Test
    void aMissingLineIsNamed() {
        assertThatThrownBy(() -> MachineMemory.available(List.of("MemTotal: 1 kB")))
                .hasMessageContaining("MemAvailable");
    }

    @Test
    void theMachineHasWhatTheKernelSays() {
        assertThat(MachineMemory.available(List.of("MemTotal: 9 kB", "MemAvailable:   5 kB"))).isEqualTo(5 << 10);
    }

    @Test
    void aContainerHasItsLimitLessItsUseOrNoLimit() {
        assertThat(MachineMemory.availableInContainer("1000\n", "300\n")).isEqualTo(700);
        assertThat(MachineMemory.availableInContainer("1000\n", "1300\n")).isZero();
        assertThat(MachineMemory.availableInContainer("max\n", "300\n")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void pageFaultsAreFoundAfterANameWithSpacesAndParentheses() {
        assertThat(PageFaults.parse("42 (a ) b) S 1 2 3 4 5 6 700 8 9 10 11")).isEqualTo(709);
    }
}
