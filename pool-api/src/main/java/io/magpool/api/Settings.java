/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All settings, and where the value of each comes from: code, then the properties of a pool, then those of all. */
final class Settings {

    static final String PREFIX = "magpool.";

    static final Setting<Long> MAX_BYTES = Setting.bytes(
            "maxBytes",
            PoolConfig.AUTO,
            value -> value == PoolConfig.AUTO || (value >= 4L << 20 && value <= 1L << 46),
            "0 (chosen by the pool), or bytes from 4m to 65536g");
    static final Setting<Long> ARENAS = Setting.number(
            "arenas",
            PoolConfig.AUTO,
            value -> value >= 0 && value <= 1024,
            "0 (one for each core), or a number from 1 to 1024");
    static final Setting<Long> MAGAZINE_BYTES = Setting.bytes(
            "magazineBytes", 256L << 10, value -> value >= 64 && value <= 64L << 20, "bytes from 64 to 64m");
    static final Setting<Long> THREAD_CACHE_BYTES = Setting.bytes(
            "threadCacheBytes", 8L << 20, value -> value >= 0 && value <= 16L << 30, "bytes from 0 to 16g");
    static final Setting<PoolConfig.MemoryKind> MEMORY =
            Setting.choice("memory", PoolConfig.MemoryKind.AUTO, "auto, linux or portable");
    static final Setting<PoolConfig.Storage> STORAGE =
            Setting.choice("storage", PoolConfig.Storage.OFF_HEAP, "off_heap or heap");
    static final Setting<PoolConfig.GuardMode> GUARD =
            Setting.choice("guard", PoolConfig.GuardMode.ASYMMETRIC, "asymmetric or fenced");

    static final Setting<TrimPolicy> TRIM = Setting.words(
            "trim",
            TrimPolicy.workingSet(),
            Map.of(
                    "none", TrimPolicy.none(),
                    "workingset", TrimPolicy.workingSet(),
                    "decay", TrimPolicy.decay(Duration.ofSeconds(10)), // jemalloc's default
                    "watermark", TrimPolicy.watermark(64L << 20)),
            "none, workingset, decay or watermark");

    /**
     * A second: longer than what comes and goes within a server's request or collection pause, as in mimalloc and in tcmalloc's
     * background loop. Purging 64 KiB and touching it again costs some 28 microseconds and happens once in two intervals at
     * most, so a GiB that comes and goes as badly as can be costs less than a quarter of a core.
     */
    static final Setting<Duration> TRIM_INTERVAL = Setting.duration(
            "trimInterval",
            Duration.ofSeconds(1),
            value -> value.compareTo(Duration.ofMillis(1)) >= 0 && value.compareTo(Duration.ofDays(1)) <= 0,
            "a time from 1ms to 1440m");

    static final Setting<PoolConfig.Maintenance> MAINTENANCE =
            Setting.choice("maintenance", PoolConfig.Maintenance.AUTOMATIC, "automatic or manual");

    static final Setting<Boolean> HUGE_PAGES = Setting.flag("hugePages", false);
    static final Setting<Boolean> PREFAULT = Setting.flag("prefault", false);

    static final Setting<PoolConfig.Safety> SAFETY =
            Setting.choice("safety", PoolConfig.Safety.STANDARD, "standard, sampled or checked");
    static final Setting<PoolConfig.LeakDetection> LEAK_DETECTION =
            Setting.choice("leakDetection", PoolConfig.LeakDetection.OFF, "off, sampled or all");
    static final Setting<Long> SAMPLE_RATE = Setting.number(
            "sampleRate", 65_536, value -> value >= 1 && value <= 1L << 30, "a number from 1 to 1073741824");
    static final Setting<Long> QUARANTINE_BYTES = Setting.bytes(
            "quarantineBytes", 4L << 20, value -> value >= 0 && value <= 16L << 30, "bytes from 0 to 16g");
    static final Setting<Long> HOLD_LIMIT_MILLIS = Setting.number(
            "holdLimitMillis",
            0,
            value -> value >= 0 && value <= 31_536_000_000L,
            "0 (never), or milliseconds up to 31536000000");
    static final Setting<Boolean> REUSE_LOST = Setting.flag("reuseLost", false);
    static final Setting<Boolean> JMX = Setting.flag("jmx", true);

    static final List<Setting<?>> ALL = List.of(
            MAX_BYTES,
            ARENAS,
            MAGAZINE_BYTES,
            THREAD_CACHE_BYTES,
            STORAGE,
            MEMORY,
            GUARD,
            TRIM,
            TRIM_INTERVAL,
            MAINTENANCE,
            HUGE_PAGES,
            PREFAULT,
            SAFETY,
            LEAK_DETECTION,
            SAMPLE_RATE,
            QUARANTINE_BYTES,
            HOLD_LIMIT_MILLIS,
            REUSE_LOST,
            JMX);

    private static final Set<String> WARNED = Collections.newSetFromMap(new ConcurrentHashMap<>());

    private final String poolPrefix;

    private Settings(String poolName) {
        this.poolPrefix = PREFIX + poolName + ".";
    }

    static Settings of(String poolName) {
        System.getProperties().stringPropertyNames().stream()
                .filter(Settings::isUnknown)
                .filter(WARNED::add)
                .forEach(property -> System.getLogger(PoolConfig.class.getName())
                        .log(Level.WARNING, () -> "system property " + property + " is not known; keys are " + keys()));
        return new Settings(poolName);
    }

    <T> T get(Setting<T> setting, @Nullable T byCode) {
        if (byCode != null) {
            return byCode;
        }
        for (String property : List.of(poolPrefix + setting.key(), PREFIX + setting.key())) {
            String text = System.getProperty(property);
            if (text != null) {
                return setting.parsed(property, text);
            }
        }
        return setting.byDefault();
    }

    static boolean isUnknown(String property) {
        if (!property.startsWith(PREFIX)) {
            return false;
        }
        String key = property.substring(property.lastIndexOf('.') + 1);
        long dots = property.chars().filter(c -> c == '.').count();
        return dots > 2 || ALL.stream().noneMatch(setting -> setting.key().equals(key));
    }

    private static List<String> keys() {
        return ALL.stream().<String>map(Setting::key).toList();
    }
}
