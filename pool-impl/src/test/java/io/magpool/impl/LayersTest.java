/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.pool.MagazinePoolProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers of the design, and what is not wanted anywhere in them. */
class LayersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.magpool.impl");

    @Test
    void thereIsSomethingToCheck() {
        assertThat(CLASSES.contain("io.magpool.impl.magazine.ThreadCache")).isTrue();
        assertThat(CLASSES.contain(LayersTest.class)).isFalse();
    }

    @Test
    void eachLayerKnowsOnlyThoseBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.magpool.impl..")
                .layer("concurrent")
                .definedBy("io.magpool.impl.concurrent..")
                .layer("event")
                .definedBy("io.magpool.impl.event..")
                .layer("memory")
                .definedBy("io.magpool.impl.memory..")
                .layer("slab")
                .definedBy("io.magpool.impl.slab..")
                .layer("magazine")
                .definedBy("io.magpool.impl.magazine..")
                .layer("arena")
                .definedBy("io.magpool.impl.arena..")
                .layer("trim")
                .definedBy("io.magpool.impl.trim..")
                .layer("insight")
                .definedBy("io.magpool.impl.insight..")
                .layer("checked")
                .definedBy("io.magpool.impl.checked..")
                .layer("pool")
                .definedBy("io.magpool.impl.pool..")
                .ensureAllClassesAreContainedInArchitecture()
                .whereLayer("concurrent")
                .mayNotAccessAnyLayer()
                .whereLayer("event")
                .mayNotAccessAnyLayer()
                .whereLayer("memory")
                .mayOnlyAccessLayers("concurrent", "event")
                .whereLayer("slab")
                .mayOnlyAccessLayers("event", "concurrent", "memory")
                .whereLayer("magazine")
                .mayOnlyAccessLayers("event", "concurrent", "memory", "slab")
                .whereLayer("arena")
                .mayOnlyAccessLayers("event", "concurrent", "memory", "slab", "magazine")
                .whereLayer("trim")
                .mayOnlyAccessLayers("event", "concurrent", "memory", "slab", "magazine", "arena")
                .whereLayer("insight")
                .mayNotAccessAnyLayer()
                .whereLayer("checked")
                .mayOnlyAccessLayers("event", "concurrent", "memory", "slab")
                .whereLayer("pool")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void theModuleExportsTheMetersOnlyAndProvidesThePool() {
        var module = MagazinePoolProvider.class.getModule().getDescriptor();
        assertThat(module).as("the tests run on the module path").isNotNull();
        assertThat(module.exports()).singleElement()
                .satisfies(exports -> assertThat(exports.source()).isEqualTo("io.magpool.micrometer"));
        assertThat(module.opens()).isEmpty();
        assertThat(module.provides()).singleElement().satisfies(provides -> assertThat(provides.providers())
                .containsExactly(MagazinePoolProvider.class.getName()));
    }

    @Test
    void onlyEventsKnowTheFlightRecorderWhichMayBeMissing() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Event")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.jfr..")
                .check(CLASSES);
    }

    @Test
    void theMetersKnowAPoolByItsPublicFaceAndNobodyElseKnowsMicrometer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.magpool.micrometer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.magpool.micrometer..")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.magpool.impl..")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.magpool.micrometer"));
    }

    @Test
    void insideTheGuardNothingIsTold() {
        noClasses()
                .that()
                .resideInAPackage("io.magpool.impl.magazine..")
                .and()
                .doNotBelongToAnyOf(CacheRegistry.class) // who revokes is outside
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.magpool.impl.event..")
                .check(CLASSES);
    }

    @Test
    void whoeverCountsWithAChunkInHandAllocatesNothing() {
        noClasses()
                .that()
                .resideInAPackage("io.magpool.impl.arena..")
                .or()
                .haveSimpleName("Supply")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.atomic.LongAdder")
                .check(CLASSES);
    }

    @Test
    void nobodyUsesUnsafe() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun.misc..", "jdk.internal..")
                .check(CLASSES);
    }

    @Test
    void ofJCToolsOnlyTheQueuesWithoutUnsafeAreUsed() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.jctools..").and(not(resideInAPackage("org.jctools.queues.varhandle.."))))
                .check(CLASSES);
    }

    @Test
    void onlyTheLayerMemoryCallsNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.magpool.impl.memory..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Linker")
                .check(CLASSES);
    }

    @Test
    void onlyTheTrimmerMayHaveAThread() {
        DescribedPredicate<JavaCall<?>> starting = DescribedPredicate.describe(
                "that start a thread",
                call -> (call.getTargetOwner().isAssignableTo(Thread.class)
                        || call.getTargetOwner().isAssignableTo(Thread.Builder.class))
                        && call.getName().matches("start|startVirtualThread|unstarted|ofPlatform|ofVirtual"));
        noClasses()
                .that()
                .resideOutsideOfPackage("io.magpool.impl.trim..")
                .should()
                .callMethodWhere(starting)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ExecutorService.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Executors.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(CompletableFuture.class)
                .check(CLASSES);
    }

    @Test
    void sharedArenasAreForTheBarrierForLargeBuffersAndForCheckedOnesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.magpool.impl.memory..", "io.magpool.impl.checked..")
                .and()
                .haveSimpleNameNotStartingWith("Large")
                .should()
                .callMethod(java.lang.foreign.Arena.class, "ofShared")
                .check(CLASSES);
    }

    @Test
    void noSourceFileHasMoreThan650Lines() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("").toAbsolutePath().getParent())) {
            sources = files
                    .filter(file -> file.toString().contains("/src/main/java/") && file.toString().endsWith(".java"))
                    .toList();
        }
        assertThat(sources).as("source files").hasSizeGreaterThan(50);
        for (Path source : sources) {
            assertThat(Files.readAllLines(source).size()).as("lines of " + source).isLessThanOrEqualTo(650);
        }
    }

    @Test
    void nobodyHasAFinalizer() {
        noMethods().should().haveName("finalize").check(CLASSES);
    }

    @Test
    void nobodyWritesToStandardStreams() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }

    @Test
    void nobodySleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
    }

    @Test
    void thereIsNoMutableStaticState() {
        DescribedPredicate<JavaField> written = DescribedPredicate.describe(
                "the compiler's",
                field -> field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC));
        fields().that().areStatic().and(not(written)).should().beFinal().check(CLASSES);
        DescribedPredicate<JavaField> mutable = DescribedPredicate.describe(
                "an array or a collection",
                field -> field.getRawType().isArray()
                        || field.getRawType().isAssignableTo(Collection.class)
                        || field.getRawType().isAssignableTo(Map.class));
        noFields().that(not(written).and(mutable)).should().beStatic().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                    "magazine.Magazine",
                    "magazine.ThreadCache",
                    "magazine.Guard",
                    "magazine.Depot",
                    "concurrent.VersionedStack",
                    "concurrent.Generations",
                    "concurrent.PaddedLongValue",
                    "slab.FreeBits",
                    "pool.Chunk",
                    "pool.LocalCache",
                    "pool.LocalCaches",
                    "magazine.Stripe"
            })
    void theFastPathHasNoLocks(String name) throws IOException {
        String fullName = "io.magpool.impl." + name;
        methods()
                .that()
                .areDeclaredIn(fullName)
                .should()
                .notHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED)
                .check(CLASSES);
        noClasses()
                .that()
                .haveFullyQualifiedName(fullName)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent.locks..")
                .check(CLASSES);
        assertThat(monitorsOf(fullName)).as("synchronized blocks of " + name).isZero();
    }

    @Test
    void synchronizedBlocksWouldBeFound() throws IOException {
        assertThat(monitorsOf("io.magpool.impl.slab.Regions")).isPositive();
    }

    private static long monitorsOf(String className) throws IOException {
        try (InputStream bytes = LayersTest.class.getResourceAsStream("/" + className.replace('.', '/') + ".class")) {
            ClassModel model = ClassFile.of().parse(bytes.readAllBytes());
            assertThat(model.flags().has(AccessFlag.INTERFACE)).isFalse();
            return model.methods().stream()
                    .flatMap(method -> method.code().stream())
                    .flatMap(CodeModel::elementStream)
                    .filter(element -> element instanceof MonitorInstruction monitor
                            && monitor.opcode() == Opcode.MONITORENTER)
                    .count();
        }
    }
}
