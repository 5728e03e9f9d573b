/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds shared libraries where distributions put them, and in {@code LD_LIBRARY_PATH}. */
final class Libraries {

    private static final String PLACES = "/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu:/usr/lib64:/usr/lib:"
            + "/usr/local/lib:/usr/local/lib64";

    private Libraries() {}

    static Optional<Path> find(String... names) {
        String places = System.getenv().getOrDefault("LD_LIBRARY_PATH", "") + ":" + PLACES;
        return Stream.of(names)
                .flatMap(name -> Stream.of(places.split(":"))
                        .filter(place -> !place.isEmpty())
                        .map(place -> Path.of(place, name)))
                .filter(Files::isReadable)
                .findFirst();
    }
}
