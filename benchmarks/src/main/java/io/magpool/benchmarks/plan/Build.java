/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A build of the modules that are measured. The benchmarks themselves are always those of the running JVM, so the other
 * build must have what they use.
 *
 * @param label what readers call it
 * @param jars its jars, which stand first on the class path; none for the build that is there anyway
 * @param flags what its JVM is started with beside the flags of the row
 */
public record Build(String label, List<Path> jars, List<String> flags) {

    /** What the running JVM has on its class path. */
    public static final Build OWN = new Build("this build", List.of(), List.of());

    /** The same, but nothing goes back by itself. */
    public static final Build WITHOUT_TRIM =
            new Build("this build with the policy none", List.of(), List.of("-Dmagpool.trim=none"));

    private static final List<String> MODULES = List.of("pool-api", "pool-impl", "pool-netty-adapter");
    private static final List<String> OTHERS = List.of("-sources.jar", "-javadoc.jar", "-tests.jar");

    /** Makes an immutable copy. */
    public Build {
        jars = List.copyOf(jars);
        flags = List.copyOf(flags);
    }

    /**
     * Finds the jars of a build.
     *
     * @param directory where they are, under any version
     * @return a build
     * @throws IllegalArgumentException if a module has no jar there, or more than one
     * @throws IOException if the directory cannot be read
     */
    public static Build in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("--compare " + directory + ": must be a directory with jars");
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.sorted().toList();
        }
        List<Path> jars = new ArrayList<>();
        for (String module : MODULES) {
            List<Path> found = files.stream().filter(file -> isJarOf(module, file.getFileName().toString())).toList();
            if (found.size() != 1) {
                throw new IllegalArgumentException("--compare " + directory + " has " + found.size() + " jars of "
                        + module + ": must be one");
            }
            jars.add(found.getFirst().toAbsolutePath().normalize());
        }
        return new Build(directory.toString(), jars, List.of());
    }

    private static boolean isJarOf(String module, String file) {
        return file.matches(module + "(-[0-9].*)?\\.jar") && OTHERS.stream().noneMatch(file::endsWith);
    }

    /**
     * Puts its jars before what is there.
     *
     * @param classPath a class path
     * @return a class path
     */
    String before(String classPath) {
        StringBuilder all = new StringBuilder();
        jars.forEach(jar -> all.append(jar).append(File.pathSeparatorChar));
        return all + classPath;
    }

    /** Returns its flags, or what makes a fork refuse to measure another build by mistake. */
    List<String> jvmArgs() {
        return jars.isEmpty()
                ? flags
                : List.of("-D" + ExpectedBuild.PROPERTY + "=" + jars.getFirst().getParent());
    }
}
