/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.Trace;
import java.lang.StackWalker.StackFrame;
import java.util.List;

/** Where and when a thread did something: cheap to take, dear to read. */
final class Stack {

    /** Stands for a release that nobody made. */
    static final Stack NONE = new Stack("", 0, List.of());

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final String OWN_PACKAGE = Stack.class.getPackageName() + '.';

    private final String thread;
    private final long nanoTime;
    private final List<StackFrame> frames;

    private Stack(String thread, long nanoTime, List<StackFrame> frames) {
        this.thread = thread;
        this.nanoTime = nanoTime;
        this.frames = frames;
    }

    static Stack here() {
        return new Stack(Thread.currentThread().getName(), System.nanoTime(), WALKER.walk(
                all -> all.dropWhile(frame -> isOwn(frame.getClassName())).limit(Trace.MAX_FRAMES).toList()));
    }

    /** Also the classes through which the ordinary pool hands a sample over. */
    private static boolean isOwn(String className) {
        return switch (className) {
            case "io.magpool.api.PooledBuffer",
                    "io.magpool.impl.pool.MagazinePool",
                    "io.magpool.impl.pool.PoolRoom",
                    "io.magpool.impl.pool.SlowPath",
                    "io.magpool.impl.pool.Waiters" ->
                    true;
            default -> className.startsWith(OWN_PACKAGE);
        };
    }

    String thread() {
        return thread;
    }

    long nanoTime() {
        return nanoTime;
    }

    List<StackTraceElement> elements() {
        return frames.stream().map(StackFrame::toStackTraceElement).toList();
    }

    Trace trace() {
        return new Trace(thread, elements());
    }
}
