/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.threads;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** A kind of thread. Netty's allocators are far quicker on its own event loops than on others; all kinds are common. */
public enum ThreadKind {

    /**
     * A thread of one of Netty's own event executors: a {@code FastThreadLocalThread} with a current executor, which is
     * what Netty's allocators look for before they give a thread caches of its own.
     */
    EVENT_LOOP("event loop") {
        // The group hands out tasks in turn: those of JMH, one for each thread, go to the same threads in each iteration.
        @Override
        public ExecutorService threads(int count, String name) {
            return new DefaultEventExecutorGroup(count, new DefaultThreadFactory(name, true));
        }

        @Override
        public ThreadFactory factory(String name) {
            throw new UnsupportedOperationException("event loops do not come and go with a task");
        }

        @Override
        boolean isCurrentThread() {
            return FastThreadLocalThread.currentThreadHasFastThreadLocal()
                    && FastThreadLocalThread.currentThreadWillCleanupFastThreadLocals()
                    && ThreadExecutorMap.currentExecutor() != null;
        }
    },

    /** A platform thread like any other. */
    PLAIN("plain") {
        @Override
        public ExecutorService threads(int count, String name) {
            return Executors.newFixedThreadPool(count, factory(name));
        }

        @Override
        public ThreadFactory factory(String name) {
            return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
        }

        @Override
        boolean isCurrentThread() {
            return !FastThreadLocalThread.currentThreadHasFastThreadLocal()
                    && ThreadExecutorMap.currentExecutor() == null
                    && !Thread.currentThread().isVirtual();
        }
    },

    /** A virtual thread, of which a program may have more than it can have caches. */
    VIRTUAL("virtual") {
        @Override
        public ExecutorService threads(int count, String name) {
            return Executors.newFixedThreadPool(count, factory(name));
        }

        @Override
        public ThreadFactory factory(String name) {
            return Thread.ofVirtual().name(name + "-", 0).factory();
        }

        @Override
        boolean isCurrentThread() {
            return Thread.currentThread().isVirtual();
        }
    };

    private final String label;

    ThreadKind(String label) {
        this.label = label;
    }

    /**
     * Returns what readers of the table call it.
     *
     * @return a word or two
     */
    public String label() {
        return label;
    }

    /**
     * Returns what makes JMH measure on such threads.
     *
     * @return arguments for the JVM, all of them system properties
     */
    public List<String> jvmArgs() {
        return MeasuringThreads.jvmArgs(this);
    }

    /**
     * Prepares threads of this kind. None keeps the JVM alive.
     *
     * @param count how many
     * @param name what their names begin with
     * @return their executor, owned by the caller, who shuts it down
     */
    public abstract ExecutorService threads(int count, String name);

    /**
     * Prepares threads that each live for one task.
     *
     * @param name what their names begin with
     * @return a factory of threads of this kind
     * @throws UnsupportedOperationException for event loops
     */
    public abstract ThreadFactory factory(String name);

    abstract boolean isCurrentThread();

    /**
     * Makes sure that the current thread is of this kind: on any other Netty's rows would be handicapped unseen.
     *
     * @throws IllegalStateException if it is not
     */
    public void requireCurrentThread() {
        if (!isCurrentThread()) {
            throw new IllegalStateException(Thread.currentThread() + " is no " + label + " thread");
        }
    }
}
