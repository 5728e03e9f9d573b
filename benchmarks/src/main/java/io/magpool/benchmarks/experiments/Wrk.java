/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What <a href="https://github.com/wg/wrk">wrk</a> reported, the load generator that keeps a number of connections busy.
 *
 * @param requests how many were answered
 * @param perSecond how many in each second
 */
record Wrk(long requests, double perSecond) {

    private static final Pattern REQUESTS = Pattern.compile("(?m)^\\s*(\\d+) requests in ");
    private static final Pattern PER_SECOND = Pattern.compile("(?m)^Requests/sec:\\s*([0-9.]+)");
    private static final Pattern TROUBLE = Pattern.compile("(?m)^\\s*(Socket errors|Non-2xx).*$");
    private static final int CONNECTIONS = 64;

    /** Tells whether this machine has it. */
    static boolean isInstalled() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":")).map(Path::of)
                .anyMatch(directory -> Files.isExecutable(directory.resolve("wrk")));
    }

    /** Keeps a server of this machine busy, from one thread, and waits until that is over. */
    static Wrk run(int port, long seconds) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s",
                String.format(Locale.ROOT, "http://127.0.0.1:%d/", port)).redirectErrorStream(true);
        try {
            Process wrk = builder.start();
            String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = wrk.waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("exit code " + exitCode + " of wrk: " + output);
            }
            return parse(output);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start wrk", e);
        }
    }

    /**
     * Reads its report.
     *
     * @throws IllegalStateException if there is no report, or if it tells of errors: an answer that failed is quick
     */
    static Wrk parse(String output) {
        Matcher trouble = TROUBLE.matcher(output);
        if (trouble.find()) {
            throw new IllegalStateException("wrk reports " + trouble.group().strip());
        }
        return new Wrk(Long.parseLong(find(REQUESTS, output)), Double.parseDouble(find(PER_SECOND, output)));
    }

    private static String find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk reports nothing like " + pattern + ": " + output);
        }
        return matcher.group(1);
    }
}
