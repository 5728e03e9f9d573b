/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.netty.ToldAnew;
import io.netty.testsuite.transport.AbstractComboTestsuiteTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Writes the list of Netty's tests that do not run here, and compares it with {@code docs/netty-tests.md}: from the annotations of the
 * tests themselves, and from what Netty's jars hold and nothing here extends.
 */
class NettyTestsListTest {

    private static final String SUITE = "io/netty/testsuite/transport";
    private static final Path LIST = Path.of("").toAbsolutePath().getParent().resolve("docs/netty-tests.md");

    /** Classes of Netty's suite that nothing here extends. */
    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("AbstractSingleThreadEventLoopTest", "event loops alone, no buffers"),
            Map.entry("DefaultEventLoopTest", "event loops alone, no buffers"),
            Map.entry("NioEventLoopTest", "event loops alone, no buffers"),
            Map.entry("AbstractSctpTest", "needs SCTP, which many kernels lack"),
            Map.entry("SctpEchoTest", "needs SCTP, which many kernels lack"),
            Map.entry("UDTClientServerConnectionTest", "needs UDT, which Netty has deprecated"),
            Map.entry("AbstractSocketReuseFdTest", "file descriptors alone, and for domain sockets"),
            Map.entry("SocketAddressesTest", "addresses alone, no buffers"),
            Map.entry("ServerSocketSuspendTest", "Netty has disabled its only test"),
            Map.entry("SocketSslClientRenegotiateTest",
                    "each of its cases skips itself here, by an assumption of its own"),
            Map.entry("SocketSslLargeCertificateTest", "builds its own channels, whose allocator cannot be chosen"));

    @Test
    void theListSaysWhatDoesNotRun() throws Exception {
        List<Class<?>> classes = testClasses();
        TreeMap<String, String> rows = new TreeMap<>();
        for (Class<?> each : classes) {
            Disabled all = each.getAnnotation(Disabled.class);
            if (all != null) {
                rows.put(nameOf(each), all.value());
            }
            NotOver transport = each.getAnnotation(NotOver.class);
            if (transport != null) {
                rows.put(nameOf(each) + " over " + transport.value(), transport.because());
            }
            for (Method method : each.getDeclaredMethods()) {
                String name = nameOf(each) + '.' + method.getName();
                Disabled off = method.getAnnotation(Disabled.class);
                ToldAnew anew = method.getAnnotation(ToldAnew.class);
                if (off != null) {
                    rows.put(name, off.value());
                } else if (anew != null) {
                    rows.put(name, "told anew: " + anew.value());
                }
            }
        }
        LEFT_OUT.forEach((name, reason) -> rows.put("netty-testsuite's " + name, reason));
        List<String> table = rows.entrySet()
                .stream()
                .map(row -> "| `" + row.getKey() + "` | " + row.getValue() + " |")
                .toList();
        assertThat(Files.readAllLines(LIST).stream().filter(line -> line.startsWith("| `")).toList())
                .as("rows of " + LIST)
                .isEqualTo(table);
    }

    @Test
    void eachClassOfNettysSuiteRunsHereOrIsListed() throws Exception {
        Set<String> run = new HashSet<>();
        for (Class<?> each : testClasses()) {
            for (Class<?> base = each; base != null; base = base.getSuperclass()) {
                run.add(base.getSimpleName());
            }
        }
        Set<String> left = new HashSet<>(suiteClasses());
        assertThat(left).hasSizeGreaterThan(50);
        left.removeAll(run);
        assertThat(left).isEqualTo(LEFT_OUT.keySet());
    }

    @Test
    void whatReplacesATestOfNettysSaysWhy() throws Exception {
        for (Class<?> each : testClasses()) {
            for (Method method : each.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class) && replacesOneOfNettys(each, method)) {
                    assertThat(method.isAnnotationPresent(Disabled.class) || method.isAnnotationPresent(ToldAnew.class))
                            .as("%s", method)
                            .isTrue();
                }
            }
        }
    }

    private static boolean replacesOneOfNettys(Class<?> owner, Method method) {
        for (Class<?> base = owner.getSuperclass(); base != null; base = base.getSuperclass()) {
            if (base.getName().startsWith("io.netty.") && Stream.of(base.getDeclaredMethods())
                    .anyMatch(its -> its.getName().equals(method.getName()) && its.isAnnotationPresent(Test.class))) {
                return true;
            }
        }
        return false;
    }

    /** As in Java, with the class around it. */
    private static String nameOf(Class<?> test) {
        return test.isAnnotationPresent(Nested.class)
                ? nameOf(test.getEnclosingClass()) + '.' + test.getSimpleName()
                : test.getSimpleName();
    }

    private static List<Class<?>> testClasses() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = placeOf(NettyTestsListTest.class);
        try (Stream<Path> files = Files.walk(root.resolve("io/magpool/netty"))) {
            List<String> names = files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("/recipes/")) // those are compiled only
                    .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
            List<Class<?>> classes = new ArrayList<>();
            for (String name : names) {
                classes.add(Class.forName(name, false, NettyTestsListTest.class.getClassLoader()));
            }
            return classes;
        }
    }

    private static List<String> suiteClasses() throws IOException, URISyntaxException {
        try (FileSystem jar = FileSystems.newFileSystem(placeOf(AbstractComboTestsuiteTest.class));
                Stream<Path> files = Files.walk(jar.getPath(SUITE))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(name -> !name.contains("$"))
                    .toList();
        }
    }

    private static Path placeOf(Class<?> one) throws URISyntaxException {
        URI place = one.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(place);
    }
}
