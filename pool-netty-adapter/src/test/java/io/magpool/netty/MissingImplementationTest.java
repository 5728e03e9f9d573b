/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody sees who forgot the implementation: the same clear words each time, not a class that fails to load. */
@Tag("core")
class MissingImplementationTest {

    @Test
    void theErrorNamesTheArtifact() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader =
                new URLClassLoader(classPathWithout("pool-impl"), ClassLoader.getPlatformClassLoader())) {
            Class<?> allocator = loader.loadClass(MagpoolByteBufAllocator.class.getName());
            for (String way : List.of("create", "shared", "shared")) {
                Method method = allocator.getMethod(way);
                assertThatThrownBy(() -> method.invoke(null)).cause().isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("io.magpool:pool-impl");
            }
        }
    }

    private static URL[] classPathWithout(String artifact) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains(artifact)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
