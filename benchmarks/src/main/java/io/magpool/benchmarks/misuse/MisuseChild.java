/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.os.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The main class of the processes in which misuse is committed. Says at each stage what is known until then. */
final class MisuseChild {

    static final String VERDICT = "verdict";
    static final String WORDS = "words";

    private static final int RLIMIT_CORE = 4;
    private static final int CHURN = 20_000;
    private static final int LIVE = 64;

    private MisuseChild() {}

    /**
     * Commits it.
     *
     * @param args the party, and the kind of misuse
     */
    public static void main(String[] args) throws Throwable {
        leaveNoCore();
        Target target = Party.valueOf(args[0]).open();
        churn(target);
        report(committed(target, Misuse.valueOf(args[1])), target);
        churn(target);
        target.close();
        report(Fields.none(), target);
        Runtime.getRuntime().halt(0); // the C library need not survive its own end
    }

    private static Fields committed(Target target, Misuse misuse) throws Exception {
        try {
            return finding(Verdict.SILENT, misuse.commit(target));
        } catch (Misuse.ImpossibleException impossible) {
            return finding(Verdict.IMPOSSIBLE, String.valueOf(impossible.getMessage()));
        } catch (Misuse.NoticedException noticed) {
            return finding(Verdict.EXCEPTION, String.valueOf(noticed.getMessage()));
        } catch (RuntimeException refused) {
            return finding(Verdict.EXCEPTION, words(refused));
        }
    }

    private static Fields finding(Verdict verdict, String words) {
        return Fields.none().with(VERDICT, verdict.name()).with(WORDS, words);
    }

    private static void report(Fields found, Target target) {
        if (!found.equals(Fields.none())) {
            System.out.println(found.toLine());
        }
        for (String words : List.copyOf(target.reports()).stream().distinct().toList()) {
            System.out.println(finding(Verdict.REPORT, words).toLine());
        }
        System.out.flush();
    }

    /** An exception and its causes, in a line. */
    static String words(Throwable thrown) {
        StringBuilder words = new StringBuilder(thrown.getClass().getSimpleName() + ": " + thrown.getMessage());
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            words.append(", caused by: ").append(cause.getMessage());
        }
        return words.toString().replaceAll("\\s+", " ");
    }

    /** As a program goes on: what was broken shows. */
    private static void churn(Target target) {
        SplittableRandom random = new SplittableRandom(1);
        List<Object> live = new ArrayList<>();
        for (int i = 0; i < CHURN; i++) {
            if (live.size() == LIVE) {
                target.release(live.remove(random.nextInt(LIVE)));
            }
            live.add(target.acquire(random.nextInt(4) == 0 ? Misuse.SIZE : random.nextInt(1, 4096)));
        }
        live.forEach(target::release);
    }

    private static void leaveNoCore() throws Throwable {
        MethodHandle setrlimit = NativeFunctions.handle(
                "setrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS)).orElseThrow();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment none = arena.allocate(JAVA_LONG, 2);
            if ((int) setrlimit.invokeExact(RLIMIT_CORE, none) != 0) {
                throw new IllegalStateException("setrlimit refused");
            }
        }
    }
}
