/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

import io.magpool.benchmarks.forks.ChildFailedException;
import io.magpool.benchmarks.forks.ChildJvm;
import io.magpool.benchmarks.forks.Fields;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A misuse that was committed with an allocator.
 *
 * @param verdict what came of it
 * @param words the same at more length, with the allocator's own words where it has any
 */
public record Trial(Verdict verdict, String words) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 260; // characters
    private static final int SIGABRT = 128 + 6;
    private static final Pattern BY_JVM = Pattern.compile("#\\s+(SIG[A-Z]+).*");

    /** What allocators say on the console. */
    private static final Pattern BY_ALLOCATOR = Pattern.compile(
            ".*(LEAK: |Scudo ERROR|free\\(\\): |malloc\\(\\): |malloc_|realloc\\(\\): |corrupted |double free|mimalloc: |"
                    + "<jemalloc>|tcmalloc|memory stomping|freed|invalid pointer).*");

    /**
     * Commits it, in a process of its own.
     *
     * @param party the allocator
     * @param misuse what is done to it
     * @param log where its output goes
     * @return what came of it
     * @throws ChildFailedException if the process cannot be started
     */
    public static Trial of(Party party, Misuse misuse, PrintStream log) throws ChildFailedException {
        ChildJvm jvm = new ChildJvm(
                party.flags(), party.environment(), MisuseChild.class, List.of(party.name(), misuse.name()));
        ChildJvm.End end = jvm.runToAnyEnd(PATIENCE);
        log.println("=== " + party.label() + ", " + misuse.label() + ": exit code " + end.exitCode());
        end.output().forEach(line -> log.println("  " + line)); // what it reports is not our report
        return judge(end);
    }

    /** Whatever the process said before it ended counts first: an exception, a consequence, a report. */
    static Trial judge(ChildJvm.End end) {
        List<Fields> found = end.output().stream().map(Fields::ofLine).flatMap(Optional::stream).toList();
        Optional<String> said = end.output().stream()
                .filter(line -> !line.startsWith("#") && BY_ALLOCATOR.matcher(line).matches())
                .findFirst();
        List<String> words = new ArrayList<>();
        Verdict verdict = Verdict.SILENT;
        for (Fields each : found) {
            Verdict one = Verdict.valueOf(each.text(MisuseChild.VERDICT));
            verdict = one.compareTo(verdict) < 0 ? one : verdict;
            String text = shown(each.text(MisuseChild.WORDS));
            if (!words.contains(text)) {
                words.add(text);
            }
        }
        if (!end.inTime()) {
            return new Trial(Verdict.HANG, join(words, said.orElse("the process does not end")));
        }
        if (end.exitCode() != 0) {
            boolean noticed = end.exitCode() == SIGABRT && said.isPresent();
            return new Trial(noticed ? Verdict.ABORT : Verdict.CRASH, join(words, said.orElseGet(() -> signal(end))));
        }
        if (said.isPresent() && verdict.compareTo(Verdict.REPORT) > 0) {
            return new Trial(Verdict.REPORT, shown(said.get()));
        }
        return new Trial(verdict, String.join("; ", words));
    }

    private static String join(List<String> before, String last) {
        return before.isEmpty() ? shown(last) : String.join("; ", before) + "; later: " + shown(last);
    }

    private static String signal(ChildJvm.End end) {
        return end.output().stream()
                .map(BY_JVM::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("exit code " + end.exitCode());
    }

    /** Without what differs from run to run, and without advice. */
    private static String shown(String line) {
        String text = line.strip()
                .replaceAll("0x[0-9a-f]{3,}", "0x...")
                .replaceAll("buffer [0-9]+ of", "a buffer of")
                .replaceAll(" See https?:.*", "")
                .replaceAll("Thread-[0-9]+", "another")
                .replaceAll("\\s+", " ");
        return text.length() > MOST ? text.substring(0, MOST - 3) + "..." : text;
    }
}
