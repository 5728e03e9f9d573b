/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks;

import io.magpool.benchmarks.experiments.Experiments;
import io.magpool.benchmarks.plan.Run;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the user asked for.
 *
 * @param mode how much to measure
 * @param only which runs to keep, by their names
 * @param directory where the files go
 * @param experiment the name of the experiment; empty if none is asked for
 * @param jars where the jars of another build are; empty if none is compared
 * @param pairs how many pairs of forks two builds, or a setting and its absence, are compared by
 */
record CommandLine(Mode mode, Pattern only, Path directory, String experiment, Path jars, int pairs) {

    /** How much to measure. */
    enum Mode {
        QUICK, FULL, SCALING, SMOKE, ACCESS, SETTINGS, EXPERIMENT, BUILDS, PRICE_OF_TRIM, HELP
    }

    static final String USAGE = """
            Compares Magpool with other allocators. Without options: in less than four minutes.

              --full         everything: all sizes, 1 and 2 threads, two rounds of JVMs; takes hours
              --scaling      the same work on 1, 2, 4 and more threads, to one for each core; takes three minutes
              --smoke        start each benchmark and each experiment for a moment; the exit code is 1 if one does not work
              --access       what is done to a buffer: numbers of each width, copies, growth; beside Netty's with and without
                             Unsafe; takes five minutes, with --only less
              --settings     what safety levels, leak detection, events and the like cost, each in pairs of forks with and
                             without it, and a paired 95 % interval; takes twelve minutes, with --only or --pairs less
              --footprint    no times: idle threads, start-up, and the Java heap behind each buffer
              --compare DIR  the same runs with the jars of another build of Magpool, from a directory that has one of each
                             module, and with this build: pairs of forks in turns, and a paired 95 % interval
              --price-of-trim  the same with this build alone, first with the policy none, then with the default
              --pairs N      how many such pairs, 2 or more; default: 10
              --only REGEX   only runs whose name has a match, such as "pair 256 B.*event loop"; of an
                             experiment only such steps, whose figures join those of the others in the same directory
              --out DIR      where comparison.md, .svg, .json and .log go; default: target/comparison
              --help         print this

            Experiments, each with a table and a chart, and each in less than four minutes (Linux only):

              experiment where-did-it-go      what a process still has after it released everything, by size and allocator
              experiment who-pays             how much slower others run while one thread frees, by way, rate and length
              experiment burst-and-survivors  1 GiB of buffers, then a few survivors at random
              experiment steady-service       throughput and percentiles of acquire before, during and after a burst
              experiment misuse               what comes of misuse, by kind and allocator, each in a process of its own
              experiment http-server          requests, CPU and memory of an HTTP/1.1 server under wrk
            """;

    static CommandLine parse(String... args) {
        Mode mode = Mode.QUICK;
        Pattern only = Pattern.compile("");
        Path directory = Path.of("target", "comparison");
        String experiment = "";
        Path jars = Path.of("");
        int pairs = 10;
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--full" -> mode = Mode.FULL;
                case "--scaling" -> mode = Mode.SCALING;
                case "--smoke" -> mode = Mode.SMOKE;
                case "--access" -> mode = Mode.ACCESS;
                case "--settings" -> mode = Mode.SETTINGS;
                case "--help" -> mode = Mode.HELP;
                case "experiment" -> {
                    mode = Mode.EXPERIMENT;
                    experiment = experiment(value(option, rest));
                }
                case "--footprint" -> {
                    mode = Mode.EXPERIMENT;
                    experiment = Experiments.FOOTPRINT;
                }
                case "--compare" -> {
                    mode = Mode.BUILDS;
                    jars = Path.of(value(option, rest));
                }
                case "--price-of-trim" -> mode = Mode.PRICE_OF_TRIM;
                case "--pairs" -> pairs = pairs(value(option, rest));
                case "--only" -> only = regex(value(option, rest));
                case "--out" -> directory = Path.of(value(option, rest));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new CommandLine(mode, only, directory, experiment, jars, pairs);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.pop();
    }

    private static String experiment(String name) {
        if (!Experiments.names().contains(name)) {
            throw new IllegalArgumentException("experiment is " + name + ": must be one of "
                    + String.join(", ", Experiments.names()));
        }
        return name;
    }

    private static int pairs(String value) {
        if (!value.matches("[0-9]{1,4}") || Integer.parseInt(value) < 2) {
            throw new IllegalArgumentException("--pairs " + value + ": must be a number, 2 or more");
        }
        return Integer.parseInt(value);
    }

    private static Pattern regex(String value) {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("--only " + value + " is no regular expression: " + e.getMessage(), e);
        }
    }

    boolean wantsExperiment(String name) {
        return only.matcher("experiment " + name).find();
    }

    Predicate<Run> wanted() {
        return run -> only.matcher(run.name()).find();
    }
}
