/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.impl.memory.Barrier;
import io.magpool.impl.memory.FailingMembarrier;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Slab;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens off the fast path is in a flight recording, with the right numbers. */
@Timeout(60)
class EventsTest {

    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    private final Recording recording = new Recording();

    @AfterEach
    void close() {
        recording.close();
    }

    private void record(String... events) {
        for (String event : events) {
            recording.enable("io.magpool." + event).withoutThreshold();
        }
        recording.start();
    }

    private List<RecordedEvent> recorded(String event) throws IOException {
        if (recording.getState() != jdk.jfr.RecordingState.STOPPED) {
            recording.stop();
            recording.dump(folder.resolve("events.jfr"));
        }
        return RecordingFile.readAllEvents(folder.resolve("events.jfr")).stream()
                .filter(found -> found.getEventType().getName().equals("io.magpool." + event))
                .filter(found -> found.getString("pool").equals("told") || found.getString("pool").isEmpty())
                .toList();
    }

    private RecordedEvent onlyOne(String event) throws IOException {
        List<RecordedEvent> events = recorded(event);
        assertThat(events).as(event).hasSize(1);
        return events.getFirst();
    }

    private static PoolConfig.Builder config() {
        return PoolConfig.builder().name("told").arenas(1).maintenance(PoolConfig.Maintenance.MANUAL).jmx(false);
    }

    private static BufferPool pool(long maxBytes) {
        return BufferPool.create(config().maxBytes(maxBytes).build());
    }

    @Test
    void theLifeOfAPool() throws IOException {
        record("PoolOpen", "PoolClose", "LimitChange");
        BufferPool pool = pool(64 * MIB);
        PooledBuffer out = pool.acquire(1000);
        pool.setMaxBytes(32 * MIB);
        pool.abandon();
        pool.abandon();
        out.release();
        RecordedEvent opened = onlyOne("PoolOpen");
        assertThat(opened.getLong("maxBytes")).isEqualTo(64 * MIB);
        assertThat(opened.getInt("arenas")).isEqualTo(1);
        assertThat(opened.getString("memory")).isNotEmpty();
        RecordedEvent changed = onlyOne("LimitChange");
        assertThat(changed.getLong("before")).isEqualTo(64 * MIB);
        assertThat(changed.getLong("after")).isEqualTo(32 * MIB);
        assertThat(changed.getLong("chargedBytes")).isPositive();
        RecordedEvent closed = onlyOne("PoolClose");
        assertThat(closed.getLong("openBuffers")).isEqualTo(1);
        assertThat(closed.getLong("openBytes")).isEqualTo(1024);
    }

    @Test
    void theWayOfChunksAndBack() throws Exception {
        record("Carve", "Refill", "Exchange", "Retire");
        try (BufferPool pool = pool(64 * MIB)) {
            pool.acquire(1000).release();
            Thread other = Thread.ofPlatform().start(() -> pool.acquire(1000).release());
            other.join();
            pool.trimCurrentThread();
            pool.acquire(1000).release();
            pool.trim(TrimDepth.FULL);
        }
        RecordedEvent cut = onlyOne("Carve");
        assertThat(cut.getInt("chunkBytes")).isEqualTo(1024);
        assertThat(cut.getInt("chunks")).isEqualTo(2048);
        assertThat(cut.getInt("arena")).isZero();
        assertThat(recorded("Refill")).hasSize(2).allSatisfy(refill -> {
            assertThat(refill.getInt("chunks")).isEqualTo(64);
            assertThat(refill.getInt("chunkBytes")).isEqualTo(1024);
        });
        assertThat(recorded("Exchange")).isNotEmpty().anySatisfy(exchange -> {
            assertThat(exchange.getBoolean("taken")).isTrue();
            assertThat(exchange.getInt("chunks")).isEqualTo(64);
        }).anySatisfy(exchange -> assertThat(exchange.getBoolean("taken")).isFalse());
        RecordedEvent retired = onlyOne("Retire");
        assertThat(retired.getInt("chunkBytes")).isEqualTo(1024);
        assertThat(retired.getLong("backedBytes")).isGreaterThanOrEqualTo(128 << 10);
    }

    @Test
    void aRefusalAndWhatWasTriedBefore() throws Exception {
        record("Refusal", "ReclaimStep", "Wait");
        List<PooledBuffer> held;
        try (BufferPool pool = pool(4 * MIB)) {
            held = PoolTest.fill(pool, MIB);
            assertThat(pool.tryAcquire(MIB)).isNull();
            assertThatThrownBy(() -> pool.acquire(BufferRequest.of(MIB).within(Duration.ofMillis(1))))
                    .isInstanceOf(PoolExhaustedException.class);
            held.forEach(PooledBuffer::release);
        }
        assertThat(held).hasSize(4);
        assertThat(recorded("Refusal")).hasSize(3).allSatisfy(refusal -> {
            assertThat(refusal.getLong("bytes")).isEqualTo(MIB);
            assertThat(refusal.getLong("maxBytes")).isEqualTo(4 * MIB);
            assertThat(refusal.getLong("chargedBytes")).isEqualTo(4 * MIB);
            assertThat(refusal.getStackTrace()).isNotNull();
        });
        assertThat(recorded("ReclaimStep")).extracting(step -> step.getString("step"))
                .startsWith("large cache", "empty slabs", "depots", "thread caches", "depots again", "free runs");
        assertThat(recorded("ReclaimStep")).allSatisfy(step -> {
            assertThat(step.getLong("wantedBytes")).isEqualTo(MIB);
            assertThat(step.getLong("roomAfter")).isZero();
            assertThat(step.getBoolean("found")).isFalse();
        });
        RecordedEvent waited = onlyOne("Wait");
        assertThat(waited.getLong("bytes")).isEqualTo(MIB);
        assertThat(waited.getString("who")).isEqualTo("thread");
        assertThat(waited.getString("outcome")).isEqualTo("timed out");
        assertThat(waited.getDuration()).isGreaterThan(Duration.ZERO);
    }

    @Test
    void aRefusalIsToldOnceByAPoolThatChecksToo() throws Exception {
        record("Refusal");
        long refusals;
        try (BufferPool pool = BufferPool.create(
                config().maxBytes(4 * MIB).safety(PoolConfig.Safety.CHECKED).build())) {
            List<PooledBuffer> held = PoolTest.fill(pool, MIB); // ends with a refusal
            assertThatThrownBy(() -> pool.acquire(MIB)).isInstanceOf(PoolExhaustedException.class);
            assertThatThrownBy(() -> pool.acquire(BufferRequest.of(MIB))).isInstanceOf(PoolExhaustedException.class);
            refusals = pool.statistics().refusals();
            held.forEach(PooledBuffer::release);
        }
        assertThat(refusals).isEqualTo(3);
        assertThat(recorded("Refusal")).hasSize(3);
    }

    @Test
    void whatIsServedAfterTheQuarantineWasEmptiedIsNoRefusal() throws Exception {
        record("Refusal");
        try (BufferPool pool =
                BufferPool.create(config().maxBytes(4 * MIB).safety(PoolConfig.Safety.CHECKED).build())) {
            for (int i = 0; i < 3; i++) {
                for (PooledBuffer each : List.of(pool.acquire(MIB), pool.acquire(MIB), pool.acquire(MIB))) {
                    each.release(); // into the quarantine, where all three have room
                }
                assertThat(pool.statistics().quarantinedBytes()).isEqualTo(3 * MIB);
                List<PooledBuffer> held = List.of(
                        pool.acquire(MIB),
                        i == 0 ? pool.acquire(MIB) : Objects.requireNonNull(pool.tryAcquire(MIB)),
                        pool.acquire(BufferRequest.of(MIB).within(Duration.ofSeconds(i))),
                        pool.acquire(MIB));
                held.forEach(PooledBuffer::release);
                pool.trim(TrimDepth.FULL);
            }
            assertThat(pool.statistics().refusals()).isZero();
        }
        assertThat(recorded("Refusal")).isEmpty();
    }

    @Test
    void cachesThatAreEmptied() throws Exception {
        record("EmptyCaches");
        try (BufferPool pool = pool(64 * MIB)) {
            pool.acquire(1000).release();
            pool.trimCurrentThread();
            Thread other = Thread.ofPlatform().start(() -> pool.acquire(1000).release());
            other.join();
            pool.statistics();
            pool.acquire(2000).release();
            pool.trim(TrimDepth.FULL);
            pool.acquire(2000).release();
        }
        assertThat(recorded("EmptyCaches")).filteredOn(event -> event.getLong("chunks") != 0)
                .extracting(event -> event.getString("reason"), event -> event.getLong("chunks"))
                .containsExactly(
                        tuple("its thread wished it", 64L),
                        tuple("its thread ended", 64L),
                        tuple("memory is short, or a full trim", 64L),
                        tuple("closed", 64L));
    }

    @Test
    void aDiversionLastsFromTheFirstWhoWaitsUntilAWhileAfterTheLast() throws IOException {
        record("Diversion");
        try (BufferPool pool = pool(4 * MIB)) {
            List<PooledBuffer> held = PoolTest.fill(pool, MIB);
            assertThatThrownBy(() -> pool.acquire(BufferRequest.of(MIB).within(Duration.ofMillis(5))))
                    .isInstanceOf(PoolExhaustedException.class);
            held.forEach(PooledBuffer::release);
        }
        assertThat(onlyOne("Diversion").getDuration()).isGreaterThan(Duration.ofMillis(5));
    }

    @Test
    void memoryThatLeavesQuarantine() throws IOException {
        record("Quarantine");
        try (BufferPool pool = BufferPool.create(
                config().maxBytes(64 * MIB).safety(PoolConfig.Safety.CHECKED).build())) {
            pool.acquire(1000).release();
            pool.acquire(3 * MIB).release();
            pool.trim(TrimDepth.FULL);
        }
        assertThat(recorded("Quarantine"))
                .extracting(event -> event.getLong("bytes"), event -> event.getBoolean("intact"))
                .containsExactlyInAnyOrder(tuple(1024L, true), tuple(3 * MIB, true));
    }

    @Test
    void anActionThatWaited() throws IOException {
        record("Wait");
        try (BufferPool pool = pool(4 * MIB)) {
            List<PooledBuffer> held = PoolTest.fill(pool, MIB);
            List<String> called = new ArrayList<>();
            pool.onAvailable(MIB, () -> called.add("called"));
            held.forEach(PooledBuffer::release);
            assertThat(called).hasSize(1);
        }
        assertThat(onlyOne("Wait").getString("who")).isEqualTo("action");
        assertThat(onlyOne("Wait").getString("outcome")).isEqualTo("served");
    }

    @Test
    void pressure() throws IOException {
        record("Pressure");
        try (BufferPool pool = pool(64 * MIB)) {
            pool.onPressure(0.5, 0.25, (level, bytes) -> {});
            PooledBuffer large = pool.acquire(40 * MIB);
            large.release();
        }
        assertThat(recorded("Pressure")).extracting(event -> event.getString("level")).containsExactly("HIGH", "LOW");
        assertThat(recorded("Pressure").getFirst().getLong("inUseBytes")).isEqualTo(40 * MIB);
        assertThat(recorded("Pressure").getFirst().getLong("maxBytes")).isEqualTo(64 * MIB);
    }

    @Test
    void largeBuffers() throws IOException {
        record("LargeMap", "LargeUnmap", "LargeRemap");
        boolean mapped;
        try (BufferPool pool = pool(64 * MIB)) {
            mapped = pool.statistics().memory().equals("linux");
            PooledBuffer buffer = pool.acquire(20 * MIB - 1);
            if (mapped) {
                buffer = buffer.reallocate(30 * MIB);
            }
            buffer.release();
        }
        RecordedEvent map = onlyOne("LargeMap");
        assertThat(map.getLong("bytes")).isEqualTo(20 * MIB);
        assertThat(map.getLong("askedBytes")).isEqualTo(20 * MIB - 1);
        RecordedEvent unmap = onlyOne("LargeUnmap");
        assertThat(unmap.getLong("bytes")).isEqualTo(mapped ? 30 * MIB : 20 * MIB);
        assertThat(unmap.getBoolean("refused")).isFalse();
        if (mapped) {
            RecordedEvent remap = onlyOne("LargeRemap");
            assertThat(remap.getLong("before")).isEqualTo(20 * MIB);
            assertThat(remap.getLong("after")).isEqualTo(30 * MIB);
        }
    }

    @Test
    void misuse() throws IOException {
        record("Incident");
        try (BufferPool pool = BufferPool.create(
                config().maxBytes(64 * MIB).safety(PoolConfig.Safety.CHECKED).build())) {
            PooledBuffer buffer = pool.acquire(1000);
            buffer.release();
            assertThatThrownBy(buffer::release).isInstanceOf(BufferNotAcquiredException.class);
        }
        RecordedEvent incident = onlyOne("Incident");
        assertThat(incident.getString("kind")).isEqualTo("DOUBLE_RELEASE");
        assertThat(incident.getLong("capacity")).isEqualTo(1024);
        assertThat(incident.getString("text")).contains("released twice", "acquired by thread", "EventsTest");
        assertThat(incident.getDuration("age")).isGreaterThan(Duration.ZERO);
    }

    /** A pool whose core and barrier the test chooses. */
    private static MagazinePool pool(IntSupplier core, UnaryOperator<Barrier> barrier) {
        PoolConfig config = config().maxBytes(64 * MIB).arenas(4).build();
        Platform real = Platform.choose(config, (int) Slab.BYTES);
        return new MagazinePool(config, new Platform(real.memory(), barrier.apply(real.barrier()), core::getAsInt));
    }

    @Test
    void magazinesOfANeighbour() throws IOException {
        record("Steal");
        AtomicInteger core = new AtomicInteger(2);
        try (BufferPool pool = pool(core::get, UnaryOperator.identity())) {
            List<PooledBuffer> held = Stream.generate(() -> pool.acquire(1000)).limit(128).toList();
            held.forEach(PooledBuffer::release);
            pool.trimCurrentThread();
            core.set(1);
            pool.acquire(1000).release();
        }
        RecordedEvent steal = onlyOne("Steal");
        assertThat(steal.getInt("arena")).isEqualTo(1);
        assertThat(steal.getInt("neighbour")).isEqualTo(2);
        assertThat(steal.getInt("chunkBytes")).isEqualTo(1024);
        assertThat(steal.getInt("chunks")).isEqualTo(64);
    }

    @Test
    void aBarrierThatFailed() throws IOException {
        record("BarrierFallback");
        try (BufferPool pool = pool(() -> 0, real -> FailingMembarrier.build())) {
            pool.acquire(1000).release();
            pool.trim(TrimDepth.FULL); // takes the magazines of this thread, behind a barrier
            assertThat(pool.statistics().barrier()).isEqualTo("handshake");
            pool.acquire(1000).release();
            pool.trim(TrimDepth.FULL);
        }
        assertThat(onlyOne("BarrierFallback").getString("before")).isEqualTo("membarrier");
        assertThat(onlyOne("BarrierFallback").getString("after")).isEqualTo("handshake");
    }

    @Test
    void whatComesWithEachMagazineIsOffUnlessAskedFor() throws IOException {
        recording.start();
        try (BufferPool pool = pool(64 * MIB)) {
            pool.acquire(1000).release();
        }
        assertThat(recorded("Refill")).isEmpty();
        assertThat(recorded("Exchange")).isEmpty();
        assertThat(recorded("Steal")).isEmpty();
        assertThat(recorded("Quarantine")).isEmpty();
        assertThat(recorded("Carve")).as("is on, and takes no threshold").hasSize(1);
    }

    @Test
    void statisticsFromTimeToTime() throws IOException {
        recording.enable("io.magpool.PoolStatistics").with("period", "endChunk");
        recording.start();
        try (BufferPool pool = pool(64 * MIB)) {
            PooledBuffer held = pool.acquire(1000);
            assertThat(recorded("PoolStatistics")).isNotEmpty().last().satisfies(event -> {
                assertThat(event.getLong("maxBytes")).isEqualTo(64 * MIB);
                assertThat(event.getLong("acquiredBytes")).isEqualTo(1024);
                assertThat(event.getLong("askedBytes")).isEqualTo(1000);
                assertThat(event.getLong("acquires")).isEqualTo(1);
                assertThat(event.getLong("chargedBytes")).isEqualTo(pool.statistics().chargedBytes());
            });
            held.release();
        }
    }

    @Test
    void theShippedSettingsNameEachEventAndNoOther() throws IOException, ParseException {
        try (BufferPool pool = pool(64 * MIB)) {
            pool.acquire(1000).release(); // so that most are registered
        }
        Configuration shipped;
        try (Reader file = new InputStreamReader(
                MagazinePool.class.getResourceAsStream("/META-INF/jfr/magpool.jfc"), StandardCharsets.UTF_8)) {
            shipped = Configuration.create(file);
        }
        Set<String> named = shipped.getSettings().keySet().stream()
                .map(key -> key.substring(0, key.indexOf('#')))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>();
        for (Class<?> event : EventClasses.all()) {
            known.add(event.getAnnotation(jdk.jfr.Name.class).value());
        }
        assertThat(named).isEqualTo(known);
        assertThat(known).hasSizeGreaterThan(15);
        for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
            if (type.getName().startsWith("io.magpool.")) {
                assertThat(type.getCategoryNames()).containsExactly("Magpool");
                assertThat(type.getLabel()).isNotNull();
                assertThat(type.getDescription()).isNotNull();
            }
        }
        try (Recording settled = new Recording(shipped)) {
            settled.start();
        }
    }
}
