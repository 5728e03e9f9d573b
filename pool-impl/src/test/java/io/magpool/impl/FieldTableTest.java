/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of fields in DESIGN.md names each field that is volatile, atomic, or used by a {@code VarHandle}. It cannot know those that
 * a lock or a hand-over guards.
 */
class FieldTableTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern SHARED = Pattern.compile("^ +(?:[a-z]+ )*volatile [^=;(]*?(\\w+)(?: =[^;]*)?;"
            + "|^ +(?:[a-z]+ )*(?:Atomic\\w+|LongAdder)(?:<[^;=(]*>)? (\\w+)(?: =[^;]*)?;"
            + "|findVarHandle\\(\\s*\\w+\\.class,\\s*\"(\\w+)\"", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("`([A-Za-z.]+)`");

    /** A word of the vocabulary: what it holds is in the rows of those who have one. */
    private static final Set<String> VOCABULARY = Set.of("PaddedLong.value");

    @Test
    void namesEachSharedField() throws IOException {
        Set<String> listed = listed();
        Set<String> missing = new TreeSet<>();
        for (String module : List.of("pool-impl", "pool-netty-adapter")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    missing.addAll(missing(file, listed));
                }
            }
        }
        missing.removeAll(VOCABULARY);
        assertThat(missing).as("in no row of DESIGN.md's table").isEmpty();
    }

    private static Set<String> missing(Path file, Set<String> listed) throws IOException {
        String source = Files.readString(file);
        String owner = file.getFileName().toString().replace(".java", "");
        Set<String> missing = new TreeSet<>();
        Matcher field = SHARED.matcher(source);
        while (field.find()) {
            String name = Stream.of(field.group(1), field.group(2), field.group(3)).filter(each -> each != null)
                    .findFirst().orElseThrow();
            boolean found = Stream.concat(Stream.of(owner), classesIn(source))
                    .anyMatch(each -> listed.contains(each + '.' + name) || listed.contains(each));
            if (!found) {
                missing.add(owner + '.' + name);
            }
        }
        return missing;
    }

    /** The table may name the class inside another one that has the field. */
    private static Stream<String> classesIn(String source) {
        return Pattern.compile("\\bclass (\\w+)").matcher(source).results().map(match -> match.group(1));
    }

    /** Of the first cell of each row: {@code Owner.field}, {@code field} of the same owner, or {@code Owner} for all its fields. */
    private static Set<String> listed() throws IOException {
        Set<String> listed = new HashSet<>();
        Files.readAllLines(ROOT.resolve("DESIGN.md")).stream().filter(line -> line.startsWith("| `")).forEach(row -> {
            String owner = "";
            Matcher name = NAME.matcher(row.substring(2, row.indexOf('|', 2)));
            while (name.find()) {
                String word = name.group(1);
                int dot = word.indexOf('.');
                owner = dot > 0 ? word.substring(0, dot) : Character.isUpperCase(word.charAt(0)) ? word : owner;
                listed.add(dot > 0 || word.equals(owner) ? word : owner + '.' + word);
            }
        });
        assertThat(listed).as("names in the table").hasSizeGreaterThan(80).contains("Guard.busy");
        return listed;
    }
}
