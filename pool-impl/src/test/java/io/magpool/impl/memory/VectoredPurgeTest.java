/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.MemoryRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectoredPurgeTest {

    private static final int PAGE = 1 << Memory.PAGE_SHIFT;
    private static final int EAGAIN = 11;
    private static final int EINVAL = 22;

    private final List<Integer> vectors = new ArrayList<>(); // the number of runs
    private final List<Long> singles = new ArrayList<>(); // addresses
    private long answer;

    private final VectoredPurge purge = new VectoredPurge(
            (runs, from, count) -> {
                vectors.add(count);
                return answer;
            },
            (address, bytes) -> singles.add(address));

    /** So many runs of two pages, each followed by one that stays. */
    private static PageRuns runs(int count) {
        PageRuns runs = new PageRuns();
        for (int i = 0; i < count; i++) {
            runs.add(3L * i * PAGE, (3L * i + 1) * PAGE);
            runs.add((3L * i + 1) * PAGE, (3L * i + 2) * PAGE);
        }
        return runs;
    }

    @Test
    void neighboursAreOneRun() {
        PageRuns runs = runs(20);
        assertThat(runs.count()).isEqualTo(20);
        assertThat(runs.address(19)).isEqualTo(57L * PAGE);
        assertThat(runs.bytes(19)).isEqualTo(2 * PAGE);
    }

    @Test
    void allRunsGoByOneCallIfTheSystemTakesThem() {
        answer = 9 * 2 * PAGE;
        assertThat(purge.purge(runs(10), 1)).isEqualTo(9);
        assertThat(vectors).containsExactly(9);
        assertThat(singles).isEmpty();
    }

    @Test
    void theSystemIsNotGivenMoreThanItTakes() {
        answer = 1024L * 2 * PAGE;
        assertThat(purge.purge(runs(1500), 0)).isEqualTo(1024);
        assertThat(vectors).containsExactly(1024);
    }

    @Test
    void aRunOfWhichAPartWentHasNotGone() {
        answer = 5 * PAGE;
        assertThat(purge.purge(runs(10), 0)).isEqualTo(2);
    }

    @Test
    void theFirstRunGoesAloneIfNoneWouldGoWithOthersAndTheRestIsTriedAgain() {
        answer = -EAGAIN;
        assertThat(purge.purge(runs(10), 3)).isEqualTo(1);
        assertThat(singles).containsExactly(9L * PAGE);
        answer = 6 * 2 * PAGE;
        assertThat(purge.purge(runs(10), 4)).isEqualTo(6);
    }

    @Test
    void aSystemThatCannotIsNotAskedAgain() {
        answer = -EINVAL;
        assertThat(purge.purge(runs(10), 0)).isEqualTo(1);
        assertThat(purge.purge(runs(10), 1)).isEqualTo(1);
        assertThat(vectors).containsExactly(10);
        assertThat(singles).containsExactly(0L, 3L * PAGE);
    }

    @Test
    void oneRunNeedsNoVector() {
        assertThat(purge.purge(runs(10), 9)).isEqualTo(1);
        assertThat(vectors).isEmpty();
    }

    @Test
    void aRefusalOfTheFirstRunIsTheCallersAndNoOther() {
        VectoredPurge refused = new VectoredPurge((runs, from, count) -> -12, (address, bytes) -> {
            throw new MemoryRefusedException("madvise", "ENOMEM");
        });
        assertThatThrownBy(() -> refused.purge(runs(3), 0)).isInstanceOf(MemoryRefusedException.class);
    }
}
