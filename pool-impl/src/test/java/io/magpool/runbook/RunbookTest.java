/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The troubles of the runbook show as it says. */
@Timeout(60)
class RunbookTest {

    @Test
    void whatATrimTakesWasInDepots() {
        assertThat(RunbookCases.rssIsHigh()).contains("cached in depots", "--- trim(FULL)\nTrimmed[askedBytes=")
                .containsPattern("after it[^~]*cached in depots +0\n");
    }

    @Test
    void aRefusalTellsWhoHoldsWhat() throws Exception {
        assertThat(RunbookCases.acquireIsRefused())
                .contains("has no room for 100000 bytes", "buffers, ", "RunbookCases.takeAll", "step = \"free runs\"",
                        "found = false", "io.magpool.Refusal");
    }

    @Test
    void aLeakIsToldFromWhatIsHeld() {
        assertThat(RunbookCases.somethingLeaks())
                .contains("was leaked", "RunbookCases.forget", "lost 1024, acquired 5120", "1 of them lost");
    }

    @Test
    void exchangesComeWithThreads() throws Exception {
        assertThat(RunbookCases.itGotSlower()).containsPattern("as it was: +\\{acquires=20000, .*exchanges=1,")
                .containsPattern("each work: +\\{acquires=20000, .*exchanges=200,");
    }
}
