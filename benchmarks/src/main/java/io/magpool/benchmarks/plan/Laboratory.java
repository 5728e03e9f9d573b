/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.threads.ThreadKind;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures one run after the other with JMH, together with the bytes of Java heap that an operation allocates. */
public final class Laboratory {

    private static final String CLASS_PATH = "java.class.path";
    private static final TimeValue PATIENCE = TimeValue.seconds(60);

    private final Effort effort;
    private final PrintStream log;

    /**
     * Sets up.
     *
     * @param effort how long each run takes
     * @param log where JMH's own output goes
     */
    public Laboratory(Effort effort, PrintStream log) {
        this.effort = effort;
        this.log = log;
    }

    /**
     * Measures.
     *
     * @param run what to measure
     * @return JMH's result
     * @throws RunnerException if the benchmark fails, takes far too long, or is not there
     */
    public RunResult measure(Run run) throws RunnerException {
        return measure(run, Build.OWN);
    }

    /**
     * Measures a build. Only forks can: they are given a class path, which JMH takes from a system property of this JVM.
     *
     * @param run what to measure
     * @param build what its fork shall have first on its class path
     * @return JMH's result
     * @throws RunnerException if the benchmark fails, takes far too long, or is not there
     */
    public RunResult measure(Run run, Build build) throws RunnerException {
        String classPath = System.getProperty(CLASS_PATH);
        System.setProperty(CLASS_PATH, build.before(classPath));
        try {
            return measured(run, build);
        } finally {
            System.setProperty(CLASS_PATH, classPath);
        }
    }

    private RunResult measured(Run run, Build build) throws RunnerException {
        Case question = run.question();
        Workload workload = question.workload();
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + Pattern.quote(workload.benchmark()) + "$")
                .param(workload.parameterName(), workload.value(question.parameter()))
                .param("row", run.row().name())
                .param("kind", question.kind().name())
                .param("memory", workload.memory().name())
                .threads(question.threads())
                .forks(effort.forked() ? 1 : 0)
                .jvmArgs(jvmArgs(run, build))
                .warmupIterations(effort.warmups())
                .warmupTime(iterationTime())
                .measurementIterations(effort.iterations())
                .measurementTime(iterationTime())
                .timeout(PATIENCE)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        if (!effort.forked()) {
            adopt(question.kind());
        }
        return new Runner(options.build(), OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL))
                .runSingle();
    }

    private TimeValue iterationTime() {
        return TimeValue.milliseconds(effort.iteration().toMillis());
    }

    private static String[] jvmArgs(Run run, Build build) {
        List<String> args = new ArrayList<>(run.row().flags().all());
        args.addAll(run.question().kind().jvmArgs());
        args.addAll(run.setting().flags());
        args.addAll(build.jvmArgs());
        return args.toArray(new String[0]);
    }

    /** Sets in this JVM what a forked one is given on its command line. */
    private static void adopt(ThreadKind kind) {
        for (String arg : kind.jvmArgs()) {
            int equals = arg.indexOf('=');
            System.setProperty(arg.substring("-D".length(), equals), arg.substring(equals + 1));
        }
    }
}
