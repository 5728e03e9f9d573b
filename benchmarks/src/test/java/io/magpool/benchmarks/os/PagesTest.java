/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class PagesTest {

    private static final long PAGE = LinuxCalls.PAGE;

    @Test
    void neighboursAreOneRunAndPagesCountOnce() {
        Pages pages = Pages.under(new long[]{10 * PAGE + 256, 10 * PAGE, 12 * PAGE - 100, 20 * PAGE}, 200);

        assertThat(pages.bytes()).isEqualTo(4 * PAGE);
        assertThat(pages.runs()).isEqualTo(2);
    }

    @Test
    void touchedPagesAreResidentUntilTheyAreGivenBack() {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        long bytes = 16 * PAGE;
        long address = LinuxCalls.map(bytes);
        Pages pages = Pages.under(new long[]{address}, bytes);
        assertThat(pages.resident()).isZero();

        Pages.touch(address, 4 * PAGE);
        assertThat(pages.resident()).isEqualTo(4 * PAGE);

        LinuxCalls.advise(address, PAGE, LinuxCalls.MADV_DONTNEED);
        assertThat(pages.resident()).isEqualTo(3 * PAGE);

        LinuxCalls.unmap(address, bytes);
        assertThat(pages.resident()).isZero();
    }
}
