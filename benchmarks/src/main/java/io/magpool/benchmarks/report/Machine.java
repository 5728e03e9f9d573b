/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.netty.util.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what the numbers were measured on. */
final class Machine {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    static String hardware() {
        int cores = Runtime.getRuntime().availableProcessors();
        return cpu() + ", " + cores + " cores, " + System.getProperty("os.name") + " "
                + kernel(System.getProperty("os.version")) + " " + System.getProperty("os.arch") + load();
    }

    /** The first two numbers of a version: what follows names a build, which says nothing to a reader. */
    static String kernel(String version) {
        Matcher numbers = Pattern.compile("^\\d+\\.\\d+").matcher(version);
        return numbers.find() ? numbers.group() : version;
    }

    static String software() {
        Version netty = Version.identify().get("netty-buffer");
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + ", Netty "
                + (netty == null ? "of unknown version" : netty.artifactVersion());
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException notLinux) {
            return "unknown processor";
        }
    }

    /** How busy the machine was over the last minute: with a comparison running, about 1 to 2 if with nothing else. */
    private static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "" : String.format(Locale.ROOT, ", load average %.1f at the end", load);
    }
}
