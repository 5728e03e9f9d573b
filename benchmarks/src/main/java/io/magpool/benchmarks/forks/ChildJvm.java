/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.forks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with this one's class path, which runs a main class and prints {@link Fields}.
 *
 * @param flags what to start it with
 * @param environment what to add to the environment
 * @param main the main class
 * @param arguments its arguments
 */
public record ChildJvm(List<String> flags, Map<String, String> environment, Class<?> main, List<String> arguments) {

    /**
     * Runs it to its end.
     *
     * @param log where everything goes that is no field
     * @param patience how long it may take
     * @return what it reported, in order
     * @throws ChildFailedException if it ends with anything but 0, or takes too long
     */
    public List<Fields> run(PrintStream log, Duration patience) throws ChildFailedException {
        List<Fields> reported = new ArrayList<>();
        log.println(command());
        try {
            Process process = start();
            CompletableFuture<Void> stop = killedAfter(process, patience);
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    log.println(line);
                    Fields.ofLine(line).ifPresent(reported::add);
                }
            }
            int exitCode = process.waitFor();
            stop.cancel(true);
            if (exitCode != 0) {
                throw new ChildFailedException("exit code " + exitCode + " of " + main.getSimpleName());
            }
            return reported;
        } catch (IOException e) {
            throw new ChildFailedException("cannot start " + main.getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildFailedException("interrupted", e);
        }
    }

    /**
     * Runs it to whatever end it takes.
     *
     * @param patience how long it may take before it is killed
     * @return how it ended
     * @throws ChildFailedException if it cannot be started
     */
    public End runToAnyEnd(Duration patience) throws ChildFailedException {
        List<String> output = new ArrayList<>();
        try {
            Process process = start();
            CompletableFuture<Void> stop = killedAfter(process, patience);
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.add(line);
                }
            } catch (IOException closed) {
                output.add("(the rest of the output was lost: " + closed.getMessage() + ")"); // it was killed
            }
            int exitCode = process.waitFor();
            boolean inTime = !stop.isDone();
            stop.cancel(true);
            return new End(exitCode, inTime, output);
        } catch (IOException e) {
            throw new ChildFailedException("cannot start " + main.getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildFailedException("interrupted", e);
        }
    }

    /**
     * How a JVM ended.
     *
     * @param exitCode its exit code; 128 and the signal's number if a signal ended it
     * @param inTime whether it ended by itself
     * @param output what it printed
     */
    public record End(int exitCode, boolean inTime, List<String> output) {}

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static CompletableFuture<Void> killedAfter(Process process, Duration patience) {
        return CompletableFuture.runAsync(process::destroyForcibly,
                CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
