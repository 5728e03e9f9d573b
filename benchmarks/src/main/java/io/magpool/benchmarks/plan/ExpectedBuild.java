/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.api.BufferPool;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;

/** Makes sure, in the JVM that measures, that its classes come from the build that shall be measured. */
public final class ExpectedBuild {

    /** Names the directory of the jars. Not set where any build will do. */
    static final String PROPERTY = "benchmarks.jars";

    private ExpectedBuild() {}

    /**
     * Checks.
     *
     * @throws IllegalStateException if the pool's classes come from elsewhere
     */
    public static void require() {
        String expected = System.getProperty(PROPERTY);
        if (expected == null) {
            return;
        }
        CodeSource source = BufferPool.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = Path.of(source.getLocation().toURI());
            if (!Path.of(expected).equals(jar.getParent())) {
                throw new IllegalStateException("the pool comes from " + jar + ": must be in " + expected);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
