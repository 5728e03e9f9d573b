/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {

    @TempDir
    private Path directory;

    private void jars(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(directory.resolve(name));
        }
    }

    @Test
    void itsJarsComeFirstOnTheClassPath() throws IOException {
        jars("pool-api-0.1.0.jar", "pool-impl-0.1.0-SNAPSHOT.jar", "pool-netty-adapter.jar",
                "pool-impl-0.1.0-sources.jar");

        Build build = Build.in(directory);

        assertThat(build.jars()).hasSize(3);
        assertThat(build.before("there").split(System.getProperty("path.separator"), -1)).hasSize(4).endsWith("there");
        assertThat(Build.OWN.before("there")).isEqualTo("there");
    }

    @Test
    void aMissingJarAndADoubtfulOneAreNamed() throws IOException {
        jars("pool-api-0.1.0.jar", "pool-impl-0.1.0.jar");
        assertThatThrownBy(() -> Build.in(directory)).hasMessageContaining("0 jars of pool-netty-adapter");

        jars("pool-impl-0.2.0.jar");
        assertThatThrownBy(() -> Build.in(directory)).hasMessageContaining("2 jars of pool-impl");
    }

    @Test
    void whatIsNoDirectoryIsNamed() {
        assertThatThrownBy(() -> Build.in(directory.resolve("nowhere"))).hasMessageContaining("nowhere");
    }
}
