/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What code can set, and what it is told if that is not valid. */
class PoolConfigTest {

    record Rejected(Consumer<PoolConfig.Builder> setting, String message) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static Rejected rejected(Consumer<PoolConfig.Builder> setting, String message) {
        return new Rejected(setting, message);
    }

    private static Stream<Rejected> rejected() {
        String maxBytes = ": must be 0 (chosen by the pool), or bytes from 4m to 65536g";
        String arenas = ": must be 0 (one for each core), or a number from 1 to 1024";
        String magazineBytes = ": must be bytes from 64 to 64m";
        String threadCacheBytes = ": must be bytes from 0 to 16g";
        String name = ": must be 1 to 64 letters, digits, underscores and hyphens";
        return Stream.of(
                rejected(b -> b.maxBytes(-1), "maxBytes is -1" + maxBytes),
                rejected(b -> b.maxBytes(1), "maxBytes is 1" + maxBytes),
                rejected(b -> b.maxBytes((4L << 20) - 1), "maxBytes is 4194303" + maxBytes),
                rejected(b -> b.maxBytes((1L << 46) + 1), "maxBytes is 70368744177665" + maxBytes),
                rejected(b -> b.arenas(-1), "arenas is -1" + arenas),
                rejected(b -> b.arenas(1025), "arenas is 1025" + arenas),
                rejected(b -> b.magazineBytes(63), "magazineBytes is 63" + magazineBytes),
                rejected(b -> b.magazineBytes(-64), "magazineBytes is -64" + magazineBytes),
                rejected(b -> b.magazineBytes((64L << 20) + 1), "magazineBytes is 67108865" + magazineBytes),
                rejected(b -> b.threadCacheBytes(-1), "threadCacheBytes is -1" + threadCacheBytes),
                rejected(
                        b -> b.threadCacheBytes((16L << 30) + 1), "threadCacheBytes is 17179869185" + threadCacheBytes),
                rejected(b -> b.trimInterval(Duration.ZERO), "trimInterval is PT0S: must be a time from 1ms to 1440m"),
                rejected(
                        b -> b.trimInterval(Duration.ofDays(2)),
                        "trimInterval is PT48H: must be a time from 1ms to 1440m"),
                rejected(b -> b.sampleRate(0), "sampleRate is 0: must be a number from 1 to 1073741824"),
                rejected(b -> b.quarantineBytes(-1), "quarantineBytes is -1: must be bytes from 0 to 16g"),
                rejected(
                        b -> b.holdLimitMillis(-1),
                        "holdLimitMillis is -1: must be 0 (never), or milliseconds up to 31536000000"),
                rejected(b -> b.name(""), "name is \"\"" + name),
                rejected(b -> b.name("a.b"), "name is \"a.b\"" + name),
                rejected(b -> b.name("with space"), "name is \"with space\"" + name),
                rejected(b -> b.name("x".repeat(65)), "name is \"" + "x".repeat(65) + "\"" + name));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void aRejectionNamesFieldValueAndRuleAndChangesNothing(Rejected rejected) {
        PoolConfig.Builder builder = PoolConfig.builder()
                .name("kept")
                .maxBytes(5L << 20)
                .arenas(3)
                .magazineBytes(128)
                .threadCacheBytes(7);
        PoolConfig before = builder.build();
        assertThatThrownBy(() -> rejected.setting.accept(builder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(rejected.message);
        assertThat(builder.build()).isEqualTo(before);
    }

    @Test
    void nullIsRejected() {
        assertThatThrownBy(() -> PoolConfig.builder().name(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
        assertThatThrownBy(() -> PoolConfig.builder().safety(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("safety");
        assertThatThrownBy(() -> PoolConfig.builder().leakDetection(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("leakDetection");
        assertThatThrownBy(() -> PoolConfig.builder().incidentListener(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("incidentListener");
        assertThatThrownBy(() -> PoolConfig.builder().memory(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("memory");
        assertThatThrownBy(() -> PoolConfig.builder().storage(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("storage");
        assertThatThrownBy(() -> PoolConfig.builder().trim(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("trim");
        assertThatThrownBy(() -> PoolConfig.builder().trimInterval(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("trimInterval");
        assertThatThrownBy(() -> PoolConfig.builder().maintenance(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("maintenance");
        assertThatThrownBy(() -> PoolConfig.builder().guard(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("guard");
    }

    @Test
    void theEdgesOfEachRangeAreAccepted() {
        PoolConfig least = PoolConfig.builder()
                .name("a")
                .maxBytes(4L << 20)
                .arenas(1)
                .magazineBytes(64)
                .threadCacheBytes(0)
                .build();
        assertThat(least.maxBytes()).isEqualTo(4L << 20);
        assertThat(least.arenas()).isEqualTo(1);
        assertThat(least.magazineBytes()).isEqualTo(64);
        assertThat(least.threadCacheBytes()).isZero();
        PoolConfig most = PoolConfig.builder()
                .name("x".repeat(64))
                .maxBytes(1L << 46)
                .arenas(1024)
                .magazineBytes(64L << 20)
                .threadCacheBytes(16L << 30)
                .build();
        assertThat(most.maxBytes()).isEqualTo(1L << 46);
        assertThat(most.arenas()).isEqualTo(1024);
        assertThat(most.magazineBytes()).isEqualTo(64L << 20);
        assertThat(most.threadCacheBytes()).isEqualTo(16L << 30);
    }

    @Test
    void defaultsAreWhatTheBuilderDocuments() {
        PoolConfig defaults = PoolConfig.defaults();
        assertThat(defaults.maxBytes()).isEqualTo(PoolConfig.AUTO);
        assertThat(defaults.arenas()).isEqualTo(PoolConfig.AUTO);
        assertThat(defaults.magazineBytes()).isEqualTo(256 << 10);
        assertThat(defaults.threadCacheBytes()).isEqualTo(8 << 20);
        assertThat(defaults.storage()).isEqualTo(PoolConfig.Storage.OFF_HEAP);
        assertThat(defaults.memory()).isEqualTo(PoolConfig.MemoryKind.AUTO);
        assertThat(defaults.guard()).isEqualTo(PoolConfig.GuardMode.ASYMMETRIC);
        assertThat(defaults.trim()).isEqualTo(TrimPolicy.workingSet());
        assertThat(defaults.trimInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(defaults.hugePages()).isFalse();
        assertThat(defaults.prefault()).isFalse();
        assertThat(defaults.maintenance()).isEqualTo(PoolConfig.Maintenance.AUTOMATIC);
        assertThat(defaults.safety()).isEqualTo(PoolConfig.Safety.STANDARD);
        assertThat(defaults.leakDetection()).isEqualTo(PoolConfig.LeakDetection.OFF);
        assertThat(defaults.sampleRate()).isEqualTo(65_536);
        assertThat(defaults.quarantineBytes()).isEqualTo(4 << 20);
        assertThat(defaults.holdLimitMillis()).isZero();
        assertThat(defaults.reuseLost()).isFalse();
        assertThat(defaults.jmx()).isTrue();
    }

    @Test
    void poolsWithoutANameGetDifferentOnes() {
        assertThat(PoolConfig.defaults().name()).matches("pool-\\d+");
        assertThat(PoolConfig.defaults().name()).isNotEqualTo(PoolConfig.defaults().name());
    }

    @Test
    void configurationsAreEqualByTheirValues() {
        PoolConfig one = PoolConfig.builder().name("n").arenas(2).build();
        PoolConfig same = PoolConfig.builder().name("n").arenas(2).build();
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one).isNotEqualTo("n");
        List<Consumer<PoolConfig.Builder>> changes = List.of(
                b -> b.name("m"),
                b -> b.maxBytes(9L << 20),
                b -> b.arenas(3),
                b -> b.magazineBytes(100),
                b -> b.threadCacheBytes(1),
                b -> b.storage(PoolConfig.Storage.HEAP),
                b -> b.memory(PoolConfig.MemoryKind.PORTABLE),
                b -> b.guard(PoolConfig.GuardMode.FENCED),
                b -> b.trim(TrimPolicy.none()),
                b -> b.trimInterval(Duration.ofSeconds(2)),
                b -> b.maintenance(PoolConfig.Maintenance.MANUAL),
                b -> b.hugePages(true),
                b -> b.prefault(true),
                b -> b.safety(PoolConfig.Safety.SAMPLED),
                b -> b.leakDetection(PoolConfig.LeakDetection.ALL),
                b -> b.sampleRate(7),
                b -> b.quarantineBytes(1),
                b -> b.holdLimitMillis(5),
                b -> b.reuseLost(true),
                b -> b.jmx(false),
                b -> b.incidentListener(incident -> {}));
        for (Consumer<PoolConfig.Builder> change : changes) {
            PoolConfig.Builder builder = PoolConfig.builder().name("n").arenas(2);
            change.accept(builder);
            assertThat(builder.build()).isNotEqualTo(one);
        }
    }

    @Test
    void theTextNamesEachSetting() {
        assertThat(PoolConfig.builder().name("texty").magazineBytes(65536).build().toString())
                .contains("texty", "maxBytes=0", "arenas=0", "magazineBytes=65536", "storage=OFF_HEAP", "memory=AUTO",
                        "guard=ASYMMETRIC", "trim=WorkingSet", "trimInterval=PT1S", "maintenance=AUTOMATIC",
                        "hugePages=false", "prefault=false", "safety=STANDARD", "leakDetection=OFF", "sampleRate=65536",
                        "quarantineBytes=4194304", "holdLimitMillis=0", "reuseLost=false", "jmx=true");
    }

    @Test
    void theKeysAreTheNamesOfTheBuildersMethodsAndOfTheGetters() {
        List<String> keys = Settings.ALL.stream().<String>map(Setting::key).toList();
        List<String> setters = Arrays.stream(PoolConfig.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == PoolConfig.Builder.class)
                .map(Method::getName)
                .filter(name -> !name.equals("name")) // tells pools apart, so no property can set it
                .filter(name -> !name.equals("incidentListener")) // an object
                .toList();
        assertThat(keys).containsExactlyInAnyOrderElementsOf(setters).doesNotHaveDuplicates();
        assertThat(PoolConfig.class.getMethods()).extracting(Method::getName).containsAll(keys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"maxBytes", "arenas", "magazineBytes", "threadCacheBytes", "storage", "memory", "guard", "trim",
                    "trimInterval", "maintenance", "hugePages", "prefault", "safety", "leakDetection", "sampleRate",
                    "quarantineBytes", "holdLimitMillis", "reuseLost", "jmx"})
    void eachDefaultObeysItsOwnRule(String key) {
        Setting<?> setting = Settings.ALL.stream()
                .filter(candidate -> candidate.key().equals(key))
                .findFirst()
                .orElseThrow();
        assertThat(obeysItsRule(setting)).isTrue();
        assertThat(setting.ruleInWords()).isNotBlank();
    }

    @Test
    void eachRuleWithBoundsHasARejectionInTheTable() {
        List<String> tested = rejected().map(Rejected::message).toList();
        for (Setting<?> setting : Settings.ALL) {
            Object value = setting.byDefault();
            boolean isChoice = value instanceof Enum || value instanceof Boolean || value instanceof TrimPolicy;
            assertThat(isChoice || tested.stream().anyMatch(message -> message.startsWith(setting.key() + " is ")))
                    .as(setting.key()).isTrue();
        }
    }

    private static <T> boolean obeysItsRule(Setting<T> setting) {
        return setting.rule().test(setting.byDefault());
    }
}
