/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.FutureTask;

/**
 * Runs something inside a class initializer. That is a frame of the JVM's own, and a virtual thread with such a frame on its stack
 * cannot leave its carrier; with a monitor it can, since JDK 24.
 */
final class Pinned {

    static final ThreadLocal<Runnable> NEXT = new ThreadLocal<>();

    private Pinned() {}

    /** Runs a task on a new virtual thread that is pinned to its carrier from the task's beginning to its end. */
    static Thread start(FutureTask<?> task) {
        return Thread.ofVirtual().name("test-pinned").start(() -> {
            try {
                run(task);
            } finally {
                task.cancel(false); // if it could not be run, or nobody would ever be told
            }
        });
    }

    private static void run(Runnable action) {
        NEXT.set(action);
        try (InputStream bytes = Pinned.class.getResourceAsStream("Pinned$Initialized.class")) {
            MethodHandles.lookup().defineHiddenClass(bytes.readAllBytes(), true);
        } catch (IOException | IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        } finally {
            NEXT.remove();
        }
    }

    /** Defined anew each time, as only then it is initialized. */
    static final class Initialized {

        static {
            NEXT.get().run();
        }

        private Initialized() {}
    }
}
