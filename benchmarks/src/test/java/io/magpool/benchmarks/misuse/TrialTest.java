/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.benchmarks.forks.ChildJvm;
import io.magpool.benchmarks.forks.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from the end of a process in which misuse was committed. */
class TrialTest {

    private static final int ABORTED = 134;

    private static String found(Verdict verdict, String words) {
        return Fields.none().with(MisuseChild.VERDICT, verdict.name()).with(MisuseChild.WORDS, words).toLine();
    }

    private static Trial judge(int exitCode, String... output) {
        return Trial.judge(new ChildJvm.End(exitCode, true, List.of(output)));
    }

    @Test
    void whatNobodyNoticedIsToldByItsConsequence() {
        assertThat(judge(0, "chatter", found(Verdict.SILENT, "two owners")))
                .isEqualTo(new Trial(Verdict.SILENT, "two owners"));
    }

    @Test
    void anExceptionCountsMoreThanTheReportThatFollows() {
        assertThat(judge(0, found(Verdict.EXCEPTION, "refused"), found(Verdict.REPORT, "released twice")))
                .isEqualTo(new Trial(Verdict.EXCEPTION, "refused; released twice"));
    }

    @Test
    void anAllocatorThatEndsTheProcessHasNoticed() {
        assertThat(judge(ABORTED, "free(): double free detected in tcache 2"))
                .isEqualTo(new Trial(Verdict.ABORT, "free(): double free detected in tcache 2"));
        assertThat(judge(ABORTED, found(Verdict.SILENT, "two owners"),
                "Scudo ERROR: invalid chunk state when deallocating address 0x7f12a0"))
                .isEqualTo(new Trial(Verdict.ABORT,
                        "two owners; later: Scudo ERROR: invalid chunk state when deallocating address 0x..."));
    }

    @Test
    void aSignalThatNoAllocatorMeantIsACrash() {
        assertThat(judge(ABORTED, "#", "#  SIGSEGV (0xb) at pc=0x00007fd4b0892289, pid=6284, tid=6285"))
                .isEqualTo(new Trial(Verdict.CRASH, "SIGSEGV"));
    }

    @Test
    void aLineOfTheLogIsAReport() {
        assertThat(judge(0, found(Verdict.SILENT, "gone"), "SEVERE: LEAK: ByteBuf.release() was not called"))
                .isEqualTo(new Trial(Verdict.REPORT, "SEVERE: LEAK: ByteBuf.release() was not called"));
    }

    @Test
    void aProcessThatHadToBeKilledHangs() {
        assertThat(Trial.judge(new ChildJvm.End(137, false, List.of())).verdict()).isEqualTo(Verdict.HANG);
    }
}
