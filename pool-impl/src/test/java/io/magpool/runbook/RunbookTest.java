/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The troubles of the runbook show as it says. */
@Timeout(60)
class RunbookTest {

    /** The frames that the runbook shows are those that one would see: their methods are there, and no line is numbered. */
    @Test
    void theFramesInTheRunbookAreThoseOfToday() throws Exception {
        String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
        assertThat(runbook).doesNotContainPattern("\\.java:\\d").doesNotContainPattern("line: \\d");
        Matcher frame =
                Pattern.compile("(?m)^\\s+(?:at )?(io\\.magpool\\.[\\w.]+)\\.(\\w+)\\([^)]*\\)$").matcher(runbook);
        int frames = 0;
        while (frame.find()) {
            Class<?> of = Class.forName(frame.group(1), false, RunbookTest.class.getClassLoader());
            assertThat(of.getDeclaredMethods()).as(frame.group()).extracting(Method::getName).contains(frame.group(2));
            frames++;
        }
        assertThat(frames).isGreaterThan(10);
    }

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
