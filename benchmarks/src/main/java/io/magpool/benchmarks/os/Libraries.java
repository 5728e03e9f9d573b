/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds shared libraries where distributions put them, and in {@code LD_LIBRARY_PATH}. */
public final class Libraries {

    private static final String PLACES = "/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu:/usr/lib64:/usr/lib:"
            + "/usr/local/lib:/usr/local/lib64";

    private static final int NEWEST_LLVM = 30;
    private static final int OLDEST_LLVM = 15; // the first whose folder bears the version's first number alone

    private Libraries() {}

    /** Where Debian puts what LLVM's compilers link to, the newest version first. */
    private static Stream<String> ofCompilers() {
        return IntStream.rangeClosed(OLDEST_LLVM, NEWEST_LLVM)
                .map(version -> OLDEST_LLVM + NEWEST_LLVM - version)
                .mapToObj(version -> "/usr/lib/llvm-" + version + "/lib/clang/" + version + "/lib/linux");
    }

    /**
     * Looks for a library.
     *
     * @param names of its file, the best one first
     * @return the first that is there
     */
    public static Optional<Path> find(String... names) {
        String places = System.getenv().getOrDefault("LD_LIBRARY_PATH", "") + ":" + PLACES;
        return Stream.of(names)
                .flatMap(name -> Stream.concat(Stream.of(places.split(":")), ofCompilers())
                        .filter(place -> !place.isEmpty())
                        .map(place -> Path.of(place, name)))
                .filter(Files::isReadable)
                .findFirst();
    }
}
