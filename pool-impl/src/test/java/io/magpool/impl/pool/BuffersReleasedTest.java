/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.Eventually;
import io.magpool.junit.BuffersReleased;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The extension for users' tests, on tests that fail on purpose. */
@Tag("core")
class BuffersReleasedTest {

    @SuppressWarnings("JUnitMethodDeclaration")
    static class Specimen {

        @RegisterExtension
        final BuffersReleased buffers = new BuffersReleased();

        @Test
        void releases() {
            buffers.pool().acquire(100).release();
        }

        @Test
        void leavesOneOut() {
            assertThat(buffers.pool(PoolConfig.builder().name("own")).acquire(100)).isNotNull();
        }

        @Test
        void swallowsASecondRelease() {
            PooledBuffer buffer = buffers.pool().acquire(100);
            buffer.release();
            assertThatThrownBy(buffer::release).isInstanceOf(BufferNotAcquiredException.class);
        }

        @Test
        void releasesMoreThanItAcquired() {
            BufferPool pool = buffers.pool();
            PooledBuffer early = pool.acquire(100);
            buffers.watch(pool);
            early.release();
        }
    }

    static class SpecimenOnASharedPool {

        static final BufferPool SHARED = BufferPool.create(PoolConfig.builder().name("shared").build());

        @RegisterExtension
        static final BuffersReleased BUFFERS = new BuffersReleased(Duration.ofSeconds(40));

        static final PooledBuffer KEPT = BUFFERS.watch(SHARED).acquire(5000);

        @AfterAll
        static void close() {
            KEPT.release();
            Eventually.isTrue("all is back", () -> SHARED.statistics().acquiredBytes() == 0);
            SHARED.close();
        }

        @Test
        void releasesLate() {
            PooledBuffer buffer = SHARED.acquire(100);
            Thread.ofPlatform().daemon().start(buffer::release);
        }
    }

    static class ImpatientSpecimen {

        static final BufferPool SHARED = BufferPool.create(PoolConfig.builder().name("impatient").build());

        @RegisterExtension
        static final BuffersReleased BUFFERS = new BuffersReleased();

        @Test
        void leavesOneOut() {
            assertThat(BUFFERS.watch(SHARED).acquire(100)).isNotNull();
        }
    }

    /** Runs the tests of a class and returns what each failed with, by its name; an empty text if it passed. */
    private static Map<String, String> run(Class<?> specimen) {
        Map<String, String> failures = new TreeMap<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(specimen))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    failures.put(
                            test.getDisplayName(),
                            result.getThrowable().map(thrown -> String.valueOf(thrown.getMessage())).orElse(""));
                }
            }
        });
        return failures;
    }

    @Test
    void aTestThatLeavesBuffersOutFailsWithTheirStacks() {
        Map<String, String> failures = run(Specimen.class);
        assertThat(failures).hasSize(4);
        assertThat(failures.get("releases()")).isEmpty();
        assertThat(failures.get("releasesMoreThanItAcquired()")).isEmpty();
        assertThat(failures.get("leavesOneOut()"))
                .startsWith("BufferPool own has 128 bytes out after the test\n  1 buffer, 128 bytes, out for up to ")
                .contains("Specimen.leavesOneOut(BuffersReleasedTest.java:");
        assertThat(failures.get("swallowsASecondRelease()"))
                .contains("a buffer of 128 bytes was released twice", "Specimen.swallowsASecondRelease(");
    }

    @Test
    void whatWasOutBeforeIsNotHeldAgainstATestAndALateReleaseIsWaitedFor() {
        assertThat(run(SpecimenOnASharedPool.class)).containsExactly(Map.entry("releasesLate()", ""));
    }

    @Test
    void whatCannotBeIsRejected() {
        assertThatThrownBy(() -> new BuffersReleased(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patience is PT-0.001S: must not be negative");
        assertThatThrownBy(() -> new BuffersReleased().watch(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("pool");
    }

    @Test
    void aPoolThatDoesNotFollowItsAcquisitionsIsWatchedToo() {
        assertThat(run(ImpatientSpecimen.class).get("leavesOneOut()"))
                .startsWith("BufferPool impatient has 128 bytes out after the test; it does not follow");
        ImpatientSpecimen.SHARED.abandon();
    }
}
