/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The code in docs/recipes.md is code that the compiler has seen: each block stands in one of the classes beside this one. */
class RecipesTest {

    private static final Path PAGE = Path.of("..", "docs", "recipes.md");
    private static final Path SOURCES = Path.of("src", "test", "java", "io", "magpool", "netty", "recipes");

    @TestFactory
    Stream<DynamicTest> eachBlockIsCompiled() throws IOException {
        List<String> blocks = blocks(Files.readString(PAGE));
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(10);
        String compiled = compiled();
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(block.lines().findFirst().orElseThrow(),
                        () -> assertThat(compiled).contains(withoutLayout(block))));
    }

    private static List<String> blocks(String page) {
        return Stream.of(page.split("```java\n")).skip(1).map(rest -> rest.substring(0, rest.indexOf("```"))).toList();
    }

    private static String compiled() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(RecipesTest::read).map(RecipesTest::withoutLayout).collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The formatter of the code breaks lines where the page does not. */
    private static String withoutLayout(String code) {
        return code.replaceAll("\\s+", "");
    }
}
