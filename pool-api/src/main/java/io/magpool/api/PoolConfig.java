/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool: an immutable, valid value.
 *
 * <p>Each setting that code leaves open is taken from the system property {@code magpool.<pool name>.<key>}, then from
 * {@code magpool.<key>}, then from its default. Sizes in properties are bytes, or end in {@code k}, {@code m} or
 * {@code g} for powers of 1,024. An unknown key is named in a warning. The keys are the names of the builder's methods.
 */
public final class PoolConfig {

    /** What the memory of a pool is. */
    public enum Storage {
        /** Memory outside the Java heap, as channels need it. */
        OFF_HEAP,
        /** Java arrays, one for each chunk. {@link MemoryKind} has no meaning for them. */
        HEAP
    }

    /** Where off-heap memory comes from. */
    public enum MemoryKind {
        /** {@link #LINUX} where that works and native access is enabled for it, else {@link #PORTABLE}. */
        AUTO,
        /** Linux's own calls: pages go back to the operating system one by one. */
        LINUX,
        /** {@link java.lang.foreign.Arena}, which works everywhere and takes and gives whole slabs. */
        PORTABLE
    }

    /** How a thread's operations on its own cache are made visible to whoever revokes the cache. */
    public enum GuardMode {
        /** The owner pays nothing; whoever revokes pays for a barrier in every thread of the process. */
        ASYMMETRIC,
        /** The owner pays for a fence at each operation; for JVMs on which the asymmetric guard cannot be trusted. */
        FENCED
    }

    /** Who does the work that is nobody's: giving memory back by the {@linkplain TrimPolicy policy}. */
    public enum Maintenance {
        /** A daemon thread of its own, shared by all pools of the process. */
        AUTOMATIC,
        /** Whoever calls {@link BufferPool#maintain()}. */
        MANUAL
    }

    /** How much misuse of buffers is caught. */
    public enum Safety {
        /**
         * A second release is an exception, found by a plain check that costs nothing. Not seen: a reference that is kept
         * beyond the release of a buffer which somebody else has acquired meanwhile, and releases that race.
         */
        STANDARD,
        /** One acquisition in {@link PoolConfig#sampleRate()} is treated as {@link #CHECKED} treats all of them. */
        SAMPLED,
        /**
         * For tests and staging. Each acquisition has a handle of its own that dies at the release, and so do segment and
         * byte buffer where native access is enabled; a later access is an exception, on any thread. Released memory is
         * filled with a pattern and kept in quarantine; when it leaves, a write meanwhile is reported. Costs a
         * handshake with all threads and two stack traces for each buffer: tens of microseconds.
         */
        CHECKED
    }

    /** Which acquisitions remember where they were made, so that leaks can be named. */
    public enum LeakDetection {
        /** Those which {@link PoolConfig#safety()} checks, and no others. */
        OFF,
        /** One in {@link PoolConfig#sampleRate()}. */
        SAMPLED,
        /** All. Costs a stack trace for each. */
        ALL
    }

    /** What {@link #maxBytes()} and {@link #arenas()} are when the implementation shall choose. */
    public static final int AUTO = 0;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final String name;
    private final long maxBytes;
    private final int arenas;
    private final long magazineBytes;
    private final long threadCacheBytes;
    private final Storage storage;
    private final MemoryKind memory;
    private final GuardMode guard;
    private final TrimPolicy trim;
    private final Duration trimInterval;
    private final Maintenance maintenance;
    private final boolean hugePages;
    private final boolean prefault;
    private final Safety safety;
    private final LeakDetection leakDetection;
    private final int sampleRate;
    private final long quarantineBytes;
    private final long holdLimitMillis;
    private final boolean reuseLost;
    private final IncidentListener incidentListener;
    private final boolean jmx;

    private PoolConfig(Builder builder) {
        String chosen = builder.name;
        this.name = chosen == null ? "pool-" + UNNAMED.incrementAndGet() : chosen;
        Settings settings = Settings.of(name);
        this.maxBytes = settings.get(Settings.MAX_BYTES, builder.maxBytes);
        this.arenas = settings.get(Settings.ARENAS, builder.arenas).intValue();
        this.magazineBytes = settings.get(Settings.MAGAZINE_BYTES, builder.magazineBytes);
        this.threadCacheBytes = settings.get(Settings.THREAD_CACHE_BYTES, builder.threadCacheBytes);
        this.storage = settings.get(Settings.STORAGE, builder.storage);
        this.memory = settings.get(Settings.MEMORY, builder.memory);
        this.guard = settings.get(Settings.GUARD, builder.guard);
        this.trim = settings.get(Settings.TRIM, builder.trim);
        this.trimInterval = settings.get(Settings.TRIM_INTERVAL, builder.trimInterval);
        this.maintenance = settings.get(Settings.MAINTENANCE, builder.maintenance);
        this.hugePages = settings.get(Settings.HUGE_PAGES, builder.hugePages);
        this.prefault = settings.get(Settings.PREFAULT, builder.prefault);
        this.safety = settings.get(Settings.SAFETY, builder.safety);
        this.leakDetection = settings.get(Settings.LEAK_DETECTION, builder.leakDetection);
        this.sampleRate = settings.get(Settings.SAMPLE_RATE, builder.sampleRate).intValue();
        this.quarantineBytes = settings.get(Settings.QUARANTINE_BYTES, builder.quarantineBytes);
        this.holdLimitMillis = settings.get(Settings.HOLD_LIMIT_MILLIS, builder.holdLimitMillis);
        this.reuseLost = settings.get(Settings.REUSE_LOST, builder.reuseLost);
        this.incidentListener = builder.incidentListener;
        this.jmx = settings.get(Settings.JMX, builder.jmx);
    }

    /**
     * Returns the settings that properties and defaults give.
     *
     * @return a configuration
     * @throws IllegalArgumentException if a system property is not valid; the message names property, value and rule
     */
    public static PoolConfig defaults() {
        return builder().build();
    }

    /**
     * Starts with everything left open.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the pool's name, which appears in messages and statistics.
     *
     * @return 1 to 64 letters, digits, underscores and hyphens
     */
    public String name() {
        return name;
    }

    /**
     * Returns the limit.
     *
     * @return bytes, or {@link #AUTO}: the JVM's limit for direct memory, capped by the container's memory less the
     *         largest heap; half of the largest heap where the storage is the heap
     */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * Returns the number of arenas.
     *
     * @return a number, or {@link #AUTO}: one for each core, fewer where the limit is small
     */
    public int arenas() {
        return arenas;
    }

    /**
     * Returns how much memory the chunks of one magazine have together, at most; a magazine has 1 to 64 chunks.
     *
     * @return bytes
     */
    public long magazineBytes() {
        return magazineBytes;
    }

    /**
     * Returns how much memory the magazines of one thread may hold.
     *
     * @return bytes
     */
    public long threadCacheBytes() {
        return threadCacheBytes;
    }

    /**
     * Returns what the memory is.
     *
     * @return a kind of storage
     */
    public Storage storage() {
        return storage;
    }

    /**
     * Returns where off-heap memory comes from.
     *
     * @return a kind of memory
     */
    public MemoryKind memory() {
        return memory;
    }

    /**
     * Returns how thread caches are guarded.
     *
     * @return a mode
     */
    public GuardMode guard() {
        return guard;
    }

    /**
     * Returns how much unused memory goes back to the operating system, and when.
     *
     * @return a policy
     */
    public TrimPolicy trim() {
        return trim;
    }

    /**
     * Returns how often the policy is asked.
     *
     * @return 1 millisecond to 1 day
     */
    public Duration trimInterval() {
        return trimInterval;
    }

    /**
     * Returns who gives memory back by the policy.
     *
     * @return a mode
     */
    public Maintenance maintenance() {
        return maintenance;
    }

    /**
     * Tells whether memory is to be backed by huge pages.
     *
     * @return true if so
     */
    public boolean hugePages() {
        return hugePages;
    }

    /**
     * Tells whether pages are to be there before they are written.
     *
     * @return true if so
     */
    public boolean prefault() {
        return prefault;
    }

    /**
     * Returns how much misuse is caught.
     *
     * @return a level
     */
    public Safety safety() {
        return safety;
    }

    /**
     * Returns which acquisitions remember where they were made.
     *
     * @return a choice
     */
    public LeakDetection leakDetection() {
        return leakDetection;
    }

    /**
     * Returns of how many acquisitions one is a sample, on average. As a pool begins, the first samples come sooner, at distances that
     * double from 1.
     *
     * @return a number of acquisitions
     */
    public int sampleRate() {
        return sampleRate;
    }

    /**
     * Returns how much released memory may be in quarantine; it counts against the limit, and goes before an acquire is
     * refused. There are at most 4,096 buffers in it.
     *
     * @return bytes
     */
    public long quarantineBytes() {
        return quarantineBytes;
    }

    /**
     * Returns after which time a buffer that is still out is reported. Looked at by {@link BufferPool#statistics()}, for
     * acquisitions that are followed.
     *
     * @return milliseconds, 0 for never
     */
    public long holdLimitMillis() {
        return holdLimitMillis;
    }

    /**
     * Tells whether the memory of a buffer that became unreachable without a release is used again. Somebody may have its
     * address still, so by default it is not.
     *
     * @return true if so
     */
    public boolean reuseLost() {
        return reuseLost;
    }

    /**
     * Returns who is told of misuse and leaks beside the log.
     *
     * @return a listener; one that does nothing if none was set
     */
    public IncidentListener incidentListener() {
        return incidentListener;
    }

    /**
     * Tells whether JMX shows the pool: see {@link BufferPoolMXBean}.
     *
     * @return true if so
     */
    public boolean jmx() {
        return jmx;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PoolConfig that
                && name.equals(that.name)
                && maxBytes == that.maxBytes
                && arenas == that.arenas
                && magazineBytes == that.magazineBytes
                && threadCacheBytes == that.threadCacheBytes
                && storage == that.storage
                && memory == that.memory
                && guard == that.guard
                && trim.equals(that.trim)
                && trimInterval.equals(that.trimInterval)
                && maintenance == that.maintenance
                && hugePages == that.hugePages
                && prefault == that.prefault
                && safety == that.safety
                && leakDetection == that.leakDetection
                && sampleRate == that.sampleRate
                && quarantineBytes == that.quarantineBytes
                && holdLimitMillis == that.holdLimitMillis
                && reuseLost == that.reuseLost
                && incidentListener.equals(that.incidentListener)
                && jmx == that.jmx;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, maxBytes, arenas, magazineBytes, threadCacheBytes, storage, memory, guard)
                * 31
                + Objects.hash(trim, trimInterval, maintenance, hugePages, prefault, safety, leakDetection, sampleRate,
                        quarantineBytes, holdLimitMillis, reuseLost, incidentListener, jmx);
    }

    @Override
    public String toString() {
        return "PoolConfig[name=" + name + ", maxBytes=" + maxBytes + ", arenas=" + arenas + ", magazineBytes="
                + magazineBytes + ", threadCacheBytes=" + threadCacheBytes + ", storage=" + storage + ", memory="
                + memory + ", guard=" + guard + ", trim=" + trim + ", trimInterval=" + trimInterval + ", maintenance="
                + maintenance + ", hugePages=" + hugePages + ", prefault=" + prefault
                + ", safety=" + safety + ", leakDetection=" + leakDetection + ", sampleRate=" + sampleRate
                + ", quarantineBytes=" + quarantineBytes + ", holdLimitMillis=" + holdLimitMillis + ", reuseLost="
                + reuseLost + ", jmx=" + jmx
                + "]";
    }

    /** Collects settings. Each method checks its value at once and changes nothing if it is not valid. */
    public static final class Builder extends SafetyBuilder {

        private @Nullable String name;
        private @Nullable Long maxBytes;
        private @Nullable Long arenas;
        private @Nullable Long magazineBytes;
        private @Nullable Long threadCacheBytes;
        private @Nullable Storage storage;
        private @Nullable MemoryKind memory;
        private @Nullable GuardMode guard;
        private @Nullable TrimPolicy trim;
        private @Nullable Duration trimInterval;
        private @Nullable Maintenance maintenance;
        private @Nullable Boolean hugePages;
        private @Nullable Boolean prefault;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Names the pool. Default: {@code pool-} and a number.
         *
         * @param value 1 to 64 letters, digits, underscores and hyphens
         * @return this builder
         * @throws IllegalArgumentException if the value is none of these
         */
        public Builder name(String value) {
            if (!NAME.matcher(Objects.requireNonNull(value, "name")).matches()) {
                throw new IllegalArgumentException(
                        "name is \"" + value + "\": must be 1 to 64 letters, digits, underscores and hyphens");
            }
            this.name = value;
            return this;
        }

        /**
         * Sets the limit. Default: {@link #AUTO}.
         *
         * @param value bytes, at least 4 MiB, or {@link #AUTO}
         * @return this builder
         * @throws IllegalArgumentException if the value is neither
         */
        public Builder maxBytes(long value) {
            this.maxBytes = Settings.MAX_BYTES.checked(value);
            return this;
        }

        /**
         * Sets the number of arenas. Default: {@link #AUTO}.
         *
         * @param value 1 to 1,024, or {@link #AUTO}
         * @return this builder
         * @throws IllegalArgumentException if the value is neither
         */
        public Builder arenas(int value) {
            this.arenas = Settings.ARENAS.checked((long) value);
            return this;
        }

        /**
         * Sets how much memory the chunks of one magazine have together, at most. Default: 256 KiB.
         *
         * @param value bytes, 64 to 64 MiB
         * @return this builder
         * @throws IllegalArgumentException if the value is outside
         */
        public Builder magazineBytes(long value) {
            this.magazineBytes = Settings.MAGAZINE_BYTES.checked(value);
            return this;
        }

        /**
         * Sets how much memory the magazines of one thread may hold. Default: 8 MiB.
         *
         * @param value bytes, 0 to 16 GiB; with 0 each exchange gives up all other size classes
         * @return this builder
         * @throws IllegalArgumentException if the value is outside
         */
        public Builder threadCacheBytes(long value) {
            this.threadCacheBytes = Settings.THREAD_CACHE_BYTES.checked(value);
            return this;
        }

        /**
         * Sets what the memory is. Default: {@link Storage#OFF_HEAP}.
         *
         * @param value a kind of storage
         * @return this builder
         */
        public Builder storage(Storage value) {
            this.storage = Objects.requireNonNull(value, "storage");
            return this;
        }

        /**
         * Sets where off-heap memory comes from. Default: {@link MemoryKind#AUTO}.
         *
         * @param value a kind of memory
         * @return this builder
         */
        public Builder memory(MemoryKind value) {
            this.memory = Objects.requireNonNull(value, "memory");
            return this;
        }

        /**
         * Sets how thread caches are guarded. Default: {@link GuardMode#ASYMMETRIC}.
         *
         * @param value a mode
         * @return this builder
         */
        public Builder guard(GuardMode value) {
            this.guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /**
         * Sets how much unused memory goes back to the operating system, and when. Default:
         * {@link TrimPolicy#workingSet()}.
         *
         * <p>In a system property: {@code none}, {@code workingset}, {@code decay} (over 10 seconds) or {@code watermark}
         * (64 MiB).
         *
         * @param value a policy
         * @return this builder
         */
        public Builder trim(TrimPolicy value) {
            this.trim = Objects.requireNonNull(value, "trim");
            return this;
        }

        /**
         * Sets how often the policy is asked. Default: 1 second. What comes and goes within an interval is left alone.
         *
         * <p>In a system property: a number and {@code ms}, {@code s} or {@code m}.
         *
         * @param value 1 millisecond to 1 day
         * @return this builder
         * @throws IllegalArgumentException if the value is outside
         */
        public Builder trimInterval(Duration value) {
            this.trimInterval = Settings.TRIM_INTERVAL.checked(Objects.requireNonNull(value, "trimInterval"));
            return this;
        }

        /**
         * Sets who gives memory back by the policy. Default: {@link Maintenance#AUTOMATIC}.
         *
         * @param value a mode
         * @return this builder
         */
        public Builder maintenance(Maintenance value) {
            this.maintenance = Objects.requireNonNull(value, "maintenance");
            return this;
        }

        /**
         * Asks for huge pages of 2 MiB behind the chunks, where memory is {@link MemoryKind#LINUX}; else it has no meaning.
         * Default: false. Memory is then charged and given back by 2 MiB: whole slabs only.
         *
         * <p>Without it, memory is kept free of huge pages also where the system would use them unasked, since it would fill
         * up again what was given back.
         *
         * @param value true to ask for them
         * @return this builder
         */
        public Builder hugePages(boolean value) {
            this.hugePages = value;
            return this;
        }

        /**
         * Has pages made present when a magazine is filled, by one call for neighbouring pages, instead of by a fault at the first
         * write to each; where memory is {@link MemoryKind#LINUX}. Default: false. Memory that is acquired but never written is
         * resident then.
         *
         * @param value true to do so
         * @return this builder
         */
        public Builder prefault(boolean value) {
            this.prefault = value;
            return this;
        }

        /**
         * Fills in what was left open.
         *
         * @return a valid configuration
         * @throws IllegalArgumentException if a system property is not valid; the message names property, value and rule
         */
        public PoolConfig build() {
            return new PoolConfig(this);
        }
    }
}
