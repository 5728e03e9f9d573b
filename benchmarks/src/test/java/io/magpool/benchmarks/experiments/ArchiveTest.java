/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.benchmarks.forks.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    private static final Step FIRST = Step.of(Candidate.MAGPOOL, "16 KiB", List.of(), Fields.none());
    private static final Step SECOND = Step.of(Candidate.POOLED, "16 KiB", List.of(), Fields.none());
    private static final Step NEVER_DONE = Step.of(Candidate.POOLED, "4 KiB", List.of(), Fields.none());

    private static Outcome outcome(Step step, long... values) {
        return new Outcome(step, Arrays.stream(values)
                .mapToObj(value -> Fields.none().with("stage", "held").with("pages", value))
                .toList());
    }

    @Test
    void partsJoinInTheOrderOfTheStepsAndTheLastOutcomeOfAStepCounts(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("experiment.fields");
        new Archive(file).add(outcome(SECOND, 1, 2), "x --only pooled");
        new Archive(file).add(outcome(FIRST, 3), "x --only Magpool");
        new Archive(file).add(outcome(SECOND, 4, 5, 6), "x --only \"pooled, 16\"");

        Archive archive = new Archive(file);
        assertThat(archive.outcomes(List.of(FIRST, NEVER_DONE, SECOND)))
                .containsExactly(outcome(FIRST, 3), outcome(SECOND, 4, 5, 6));
        assertThat(archive.commands()).containsExactly("x --only \"pooled, 16\"", "x --only Magpool");
    }

    @Test
    void whatWasClearedIsGone(@TempDir Path directory) throws IOException {
        Archive archive = new Archive(directory.resolve("experiment.fields"));
        archive.clear();
        archive.add(outcome(FIRST, 1), "x");
        archive.clear();

        assertThat(archive.outcomes(List.of(FIRST))).isEmpty();
        assertThat(archive.commands()).isEmpty();
    }
}
