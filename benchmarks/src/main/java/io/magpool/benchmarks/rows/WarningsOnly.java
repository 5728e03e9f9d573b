/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** Has a measuring JVM log warnings only, since its output is the progress that is read. Named by a flag of the JVM. */
public final class WarningsOnly {

    /**
     * Configures the JVM's logging, as the system property {@code java.util.logging.config.class} has it.
     *
     * @throws IOException never
     */
    public WarningsOnly() throws IOException {
        String configuration = "handlers=java.util.logging.ConsoleHandler\n.level=WARNING\n";
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
    }
}
