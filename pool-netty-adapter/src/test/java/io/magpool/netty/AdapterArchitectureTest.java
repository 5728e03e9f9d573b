/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

/** What the adapter may know, and what is not wanted in it. */
class AdapterArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.magpool.netty");

    @Test
    void thereIsSomethingToCheck() {
        assertThat(CLASSES.contain("io.magpool.netty.MagpoolDirectByteBuf")).isTrue();
        assertThat(CLASSES.contain(AdapterArchitectureTest.class)).isFalse();
    }

    @Test
    void itKnowsThePoolsFaceAndNettyAlone() {
        classes().should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.magpool.netty", "io.magpool.api", "io.netty.buffer", "io.netty.channel",
                        "io.netty.util..", "java..", "jdk.jfr", "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void theAllocatorDoesWithoutChannels() {
        noClasses().that().haveNameNotMatching(".*[.](BackpressureHandler|PressedChannels|ReadGate)([$].*)?")
                .should().dependOnClassesThat().resideInAPackage("io.netty.channel..").check(CLASSES);
        noClasses().that().haveNameNotMatching(".*[.](BackpressureHandler|PressedChannels|ReadGate)([$].*)?")
                .should().dependOnClassesThat().haveNameMatching(".*[.](BackpressureHandler|PressedChannels|ReadGate)")
                .check(CLASSES);
    }

    @Test
    void nobodyUsesUnsafe() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("sun..", "jdk.internal..").check(CLASSES);
    }

    @Test
    void onlyEventsKnowTheFlightRecorder() {
        noClasses().that().haveSimpleNameNotEndingWith("BufferEvent")
                .should().dependOnClassesThat().resideInAPackage("jdk.jfr..").check(CLASSES);
    }

    @Test
    void theLayersOfABufferKnowOnlyThoseBefore() {
        noClasses().that().haveSimpleName("CountedByteBuf")
                .should().dependOnClassesThat().haveNameMatching(".*[.](Magpool|Copying).*").check(CLASSES);
        noClasses().that().haveSimpleName("MagpoolByteBuf")
                .should().dependOnClassesThat().haveNameMatching(".*[.](Copying|MagpoolDirect|MagpoolHeap)ByteBuf")
                .check(CLASSES);
        noClasses().that().haveSimpleName("CopyingByteBuf")
                .should().dependOnClassesThat().haveNameMatching(".*[.](MagpoolDirect|MagpoolHeap)ByteBuf")
                .check(CLASSES);
    }

    @Test
    void nobodyHasAFinalizerOrSleepsOrPrints() {
        noMethods().should().haveName("finalize").check(CLASSES);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
