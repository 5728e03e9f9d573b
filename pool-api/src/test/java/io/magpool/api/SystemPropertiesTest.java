/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What system properties can set where code leaves a setting open. */
class SystemPropertiesTest {

    private final Set<String> properties = new HashSet<>();

    private void set(String property, String value) {
        properties.add(property);
        System.setProperty(property, value);
    }

    @AfterEach
    void clearProperties() {
        properties.forEach(System::clearProperty);
    }

    private static PoolConfig.Builder named(String name) {
        return PoolConfig.builder().name(name);
    }

    @Test
    void aPropertyOfAllPoolsSetsWhatCodeLeavesOpen() {
        set("magpool.maxBytes", "8m");
        set("magpool.arenas", "7");
        set("magpool.magazineBytes", "4096");
        set("magpool.threadCacheBytes", "1g");
        set("magpool.storage", "heap");
        set("magpool.memory", "portable");
        set("magpool.guard", "fenced");
        set("magpool.trim", "decay");
        set("magpool.trimInterval", "250ms");
        set("magpool.maintenance", "manual");
        set("magpool.hugePages", "true");
        set("magpool.prefault", "True");
        set("magpool.safety", "checked");
        set("magpool.leakDetection", "sampled");
        set("magpool.sampleRate", "99");
        set("magpool.quarantineBytes", "1m");
        set("magpool.holdLimitMillis", "5000");
        set("magpool.reuseLost", "true");
        PoolConfig config = PoolConfig.defaults();
        assertThat(config.trim()).isEqualTo(TrimPolicy.decay(Duration.ofSeconds(10)));
        assertThat(config.trimInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.hugePages()).isTrue();
        assertThat(config.prefault()).isTrue();
        assertThat(config.maintenance()).isEqualTo(PoolConfig.Maintenance.MANUAL);
        assertThat(config.safety()).isEqualTo(PoolConfig.Safety.CHECKED);
        assertThat(config.leakDetection()).isEqualTo(PoolConfig.LeakDetection.SAMPLED);
        assertThat(config.sampleRate()).isEqualTo(99);
        assertThat(config.quarantineBytes()).isEqualTo(1 << 20);
        assertThat(config.holdLimitMillis()).isEqualTo(5000);
        assertThat(config.reuseLost()).isTrue();
        assertThat(config.maxBytes()).isEqualTo(8 << 20);
        assertThat(config.arenas()).isEqualTo(7);
        assertThat(config.magazineBytes()).isEqualTo(4096);
        assertThat(config.threadCacheBytes()).isEqualTo(1 << 30);
        assertThat(config.storage()).isEqualTo(PoolConfig.Storage.HEAP);
        assertThat(config.memory()).isEqualTo(PoolConfig.MemoryKind.PORTABLE);
        assertThat(config.guard()).isEqualTo(PoolConfig.GuardMode.FENCED);
    }

    @Test
    void aPropertyOfOnePoolWinsForThatPool() {
        set("magpool.arenas", "7");
        set("magpool.web.arenas", "9");
        assertThat(named("web").build().arenas()).isEqualTo(9);
        assertThat(named("db").build().arenas()).isEqualTo(7);
    }

    @Test
    void codeWins() {
        set("magpool.arenas", "7");
        set("magpool.web.arenas", "9");
        assertThat(named("web").arenas(2).build().arenas()).isEqualTo(2);
    }

    @Test
    void codeThatAsksForTheAutomaticChoiceWinsToo() {
        set("magpool.arenas", "7");
        assertThat(PoolConfig.builder().arenas(PoolConfig.AUTO).build().arenas()).isEqualTo(PoolConfig.AUTO);
    }

    @ParameterizedTest
    @CsvSource({"4194304, 4194304", "4096k, 4194304", "5M, 5242880", "2g, 2147483648", "' 8m ', 8388608", "0, 0"})
    void sizesHaveUnits(String text, long bytes) {
        set("magpool.maxBytes", text);
        assertThat(PoolConfig.defaults().maxBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                    "", "m", "many", "4.5m", "4 m", "4mb", "-8m", "3m", "9223372036854775807k", "99999999999999999999",
                    "-9223372036854775808k", "70000g"
            })
    void aBadSizeIsRejectedWithPropertyValueAndRule(String text) {
        set("magpool.maxBytes", text);
        assertThatThrownBy(PoolConfig::defaults)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("system property magpool.maxBytes is \"" + text
                        + "\": must be 0 (chosen by the pool), or bytes from 4m to 65536g");
    }

    @ParameterizedTest
    @CsvSource({
            "maxBytes, 1k, '0 (chosen by the pool), or bytes from 4m to 65536g'",
            "arenas, 1025, '0 (one for each core), or a number from 1 to 1024'",
            "magazineBytes, 65m, bytes from 64 to 64m",
            "threadCacheBytes, 17g, bytes from 0 to 16g",
            "storage, '', off_heap or heap",
            "memory, linux2, 'auto, linux or portable'",
            "guard, '', asymmetric or fenced"
    })
    void eachRuleIsToldInFull(String key, String text, String rule) {
        set("magpool." + key, text);
        assertThatThrownBy(PoolConfig::defaults)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("system property magpool." + key + " is \"" + text + "\": must be " + rule);
    }

    @ParameterizedTest
    @CsvSource({"arenas, -1", "arenas, 1025", "arenas, 2k", "arenas, two", "magazineBytes, 63", "threadCacheBytes, -1"})
    void aBadNumberIsRejectedWithPropertyAndValue(String key, String text) {
        set("magpool.web." + key, text);
        assertThatThrownBy(() -> named("web").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("system property magpool.web." + key + " is \"" + text + "\": must be ");
        assertThat(named("db").build()).as("another pool").isNotNull();
    }

    @Test
    void aBadWordIsRejectedWithTheChoices() {
        set("magpool.memory", "windows");
        assertThatThrownBy(PoolConfig::defaults)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("system property magpool.memory is \"windows\": must be auto, linux or portable");
        System.clearProperty("magpool.memory");
        set("magpool.storage", "disk");
        assertThatThrownBy(PoolConfig::defaults)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("system property magpool.storage is \"disk\": must be off_heap or heap");
        System.clearProperty("magpool.storage");
        set("magpool.guard", "none");
        assertThatThrownBy(PoolConfig::defaults)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("system property magpool.guard is \"none\": must be asymmetric or fenced");
    }

    @ParameterizedTest
    @CsvSource({"none, None", "WorkingSet, WorkingSet", "decay, Decay", "watermark, Watermark"})
    void aPolicyHasAWord(String text, String type) {
        set("magpool.trim", text);
        assertThat(PoolConfig.defaults().trim().getClass().getSimpleName()).isEqualTo(type);
    }

    @Test
    void aPolicyOfAnotherNameIsRejected() {
        set("magpool.trim", "lru");
        assertThatThrownBy(PoolConfig::defaults)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("system property magpool.trim is \"lru\": must be none, workingset, decay or watermark");
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1", "5s, 5000", "' 2m ', 120000", "1440m, 86400000"})
    void timesHaveUnits(String text, long millis) {
        set("magpool.trimInterval", text);
        assertThat(PoolConfig.defaults().trimInterval()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "ms", "s", "1h", "0ms", "-1s", "1441m", "9223372036854775807m", "1.5s"})
    void aBadTimeIsRejected(String text) {
        set("magpool.trimInterval", text);
        assertThatThrownBy(PoolConfig::defaults)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "system property magpool.trimInterval is \"" + text + "\": must be a time from 1ms to 1440m");
    }

    @Test
    void codeKeepsABadPropertyFromBeingRead() {
        set("magpool.arenas", "two");
        assertThat(PoolConfig.builder().arenas(2).build().arenas()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"magpool.maxByte", "magpool.web.arena", "magpool.a.b.arenas", "magpool."})
    void anUnknownKeyIsNamedInAWarningOnce(String property) throws ReflectiveOperationException {
        set(property, "1");
        List<String> warnings = warningsOf(() -> {
            assertThat(PoolConfig.defaults()).isNotNull();
            assertThat(PoolConfig.defaults()).isNotNull();
        });
        assertThat(warnings).singleElement().asString().contains(property).contains("threadCacheBytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"magpool.maxBytes", "magpool.web.guard", "magpoolish.x", "other"})
    void knownKeysAndOthersPropertiesAreNotWarnedOf(String property) {
        assertThat(Settings.isUnknown(property)).isFalse();
    }

    /** By reflection, since the module reads no java.logging, where the JDK's loggers end by default. */
    private static List<String> warningsOf(Runnable action) throws ReflectiveOperationException {
        List<String> warnings = new ArrayList<>();
        Class<?> loggers = Class.forName("java.util.logging.Logger");
        Class<?> filters = Class.forName("java.util.logging.Filter");
        Method message = Class.forName("java.util.logging.LogRecord").getMethod("getMessage");
        Object recorder = Proxy.newProxyInstance(
                ClassLoader.getSystemClassLoader(), new Class<?>[]{filters}, (proxy, method, arguments) -> {
                    warnings.add((String) message.invoke(arguments[0]));
                    return false;
                });
        Object logger = loggers.getMethod("getLogger", String.class).invoke(null, PoolConfig.class.getName());
        Method setFilter = loggers.getMethod("setFilter", filters);
        setFilter.invoke(logger, recorder);
        try {
            action.run();
        } finally {
            setFilter.invoke(logger, new Object[]{null});
        }
        return warnings;
    }
}
