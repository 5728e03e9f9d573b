/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * All that is checked by Lincheck, as hard as one likes:
 *
 * <pre>{@code
 * mvn -Plincheck -DskipTests verify -pl pool-impl -am -Dlincheck.effort=3
 * }</pre>
 *
 * <p>Prints a line for each model and each broken twin. Ends with a failure if a model is found wrong, or a twin is not.
 */
final class LongModelCheck {

    private static final PrintStream OUT = System.out;
    private static final int FEWEST = 26; // tests; fewer mean that some were not found

    private LongModelCheck() {}

    /** Takes its effort from a system property. */
    public static void main(String[] arguments) {
        OUT.println("date     " + LocalDate.now(ZoneOffset.UTC));
        OUT.println("JVM      " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        OUT.println("system   " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores");
        OUT.println("command  -Dlincheck.effort=" + Integer.getInteger("lincheck.effort", 1));
        OUT.println();
        OUT.printf("%-24s %-76s %9s %13s %8s%n", "model", "what is checked", "scenarios", "interleavings", "seconds");
        LauncherDiscoveryRequest models = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("io.magpool.impl")).filters(TagFilter.includeTags("model"))
                .configurationParameter("junit.jupiter.execution.timeout.mode", "disabled").build();
        Rows rows = new Rows();
        LauncherFactory.create().execute(models, rows);
        OUT.println();
        OUT.println(rows.passed + " passed, " + rows.failed
                + " failed. A twin passes if it is found broken, and is searched no further.");
        if (rows.failed.get() != 0 || rows.passed.get() < FEWEST) {
            System.exit(1);
        }
        System.exit(0); // whatever threads a twin has left behind
    }

    private static final class Rows implements TestExecutionListener {

        private final AtomicInteger passed = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private long start;

        @Override
        public void executionStarted(TestIdentifier test) {
            start = System.nanoTime();
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (!test.isTest()) {
                return;
            }
            boolean isGood = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            (isGood ? passed : failed).incrementAndGet();
            MethodSource source = (MethodSource) test.getSource().orElseThrow();
            boolean isTwin = source.getMethodName().endsWith("FoundBroken");
            OUT.printf(
                    "%-24s %-76s %9s %13s %,8d%s%n",
                    source.getJavaClass().getSimpleName().replace("ModelTest", ""),
                    source.getMethodName(),
                    isTwin ? "twin" : ModelEffort.lastScenarios(),
                    isTwin ? "found" : String.format("%,d", ModelEffort.lastInterleavings()),
                    (System.nanoTime() - start) / 1_000_000_000,
                    isGood ? "" : "  FAILED");
            result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(OUT));
        }
    }
}
