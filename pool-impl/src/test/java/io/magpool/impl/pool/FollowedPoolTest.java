/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.Incident;
import io.magpool.api.PoolConfig;
import io.magpool.api.Trace;
import java.lang.StackWalker.StackFrame;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Pools that follow acquisitions, and what they report. */
abstract class FollowedPoolTest extends PoolTest {

    final List<Incident> incidents = new CopyOnWriteArrayList<>();

    final PoolConfig.Builder followed() {
        return variant.config().name("followed").maxBytes(64 * MIB).incidentListener(incidents::add);
    }

    final BufferPool checkedPool() {
        return pool(followed().safety(PoolConfig.Safety.CHECKED));
    }

    /** Whether segments can die here. */
    final boolean isBounded() {
        return !variant.isHeap() && MagazinePoolProvider.class.getModule().isNativeAccessEnabled();
    }

    /** Memory as a raw address or a native call reaches it: nobody can see such an access. */
    @SuppressWarnings("restricted")
    final MemorySegment unseen(MemorySegment segment) {
        return isBounded() ? MemorySegment.ofAddress(segment.address()).reinterpret(segment.byteSize()) : segment;
    }

    final Incident onlyIncident() {
        assertThat(incidents).hasSize(1);
        return incidents.getFirst();
    }

    /** That it happened in the method that calls this one, on this thread. */
    static void assertHere(@Nullable Trace trace) {
        assertThat(trace).isNotNull();
        assertThat(trace.thread()).isEqualTo(Thread.currentThread().getName());
        StackFrame caller = StackWalker.getInstance().walk(frames -> frames.skip(1).findFirst()).orElseThrow();
        assertThat(trace.frames()).extracting(StackTraceElement::getMethodName).contains(caller.getMethodName());
    }
}
