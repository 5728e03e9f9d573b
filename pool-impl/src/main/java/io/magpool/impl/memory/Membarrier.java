/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import io.magpool.impl.event.Events;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;

/**
 * membarrier(2), private and expedited: an interrupt for each core that runs a thread of this process, some 400 ns. Where
 * a call fails, in a sandbox that filters system calls say, another barrier takes over for good.
 */
final class Membarrier implements Barrier {

    static final int PRIVATE_EXPEDITED = 1 << 3;
    static final int REGISTER_PRIVATE_EXPEDITED = 1 << 4;

    private final Barrier fallback;
    private final IntToLongFunction call;
    private final Consumer<String> warning;
    private final AtomicBoolean works;

    Membarrier(Barrier fallback) {
        this(
                fallback,
                Libc::membarrier,
                text -> System.getLogger(Membarrier.class.getName()).log(Level.WARNING, text));
    }

    /**
     * Registers the process.
     *
     * @param fallback takes over
     * @param call the system call, by its command; 0 or more on success
     * @param warning is told once if a call fails that did not fail before
     */
    Membarrier(Barrier fallback, IntToLongFunction call, Consumer<String> warning) {
        this.fallback = fallback;
        this.call = call;
        this.warning = warning;
        this.works = new AtomicBoolean(call.applyAsLong(REGISTER_PRIVATE_EXPEDITED) >= 0);
    }

    @Override
    public String name() {
        return works.get() ? "membarrier" : fallback.name();
    }

    @Override
    public void execute() {
        if (!works.get() || !executeBySystem()) {
            fallback.execute();
        }
    }

    private boolean executeBySystem() {
        boolean done = call.applyAsLong(PRIVATE_EXPEDITED) >= 0;
        if (!done && works.getAndSet(false)) {
            Events.barrierFellBack("membarrier", fallback.name());
            warning.accept("membarrier failed: from now on the barrier is a " + fallback.name());
        }
        return done;
    }
}
