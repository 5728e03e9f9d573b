/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A kind of misuse. What it throws was noticed; else it says what became of it. */
public enum Misuse {

    /** By one thread, one release after the other. */
    RELEASED_TWICE("released twice") {
        @Override
        String commit(Target target) {
            Object buffer = target.acquire(SIZE);
            target.release(buffer);
            target.release(buffer);
            return doubles(target) == 0 ? "unnoticed, without consequence here" : "two owners have the same memory";
        }
    },
    /** By who does not know that he has released it, when it belongs to somebody else. */
    RELEASED_UNDER_ANOTHER("released again, when it is another's") {
        @Override
        String commit(Target target) {
            Object stale = target.acquire(SIZE);
            target.release(stale);
            Object next = nextAtTheSamePlace(target, stale);
            target.release(stale);
            return next == null
                    ? "unnoticed, the memory was not used again so soon"
                    : acquireMany(target).stream().anyMatch(it -> target.address(it) == target.address(next))
                            ? "the next owner's memory went to a third while he had it"
                            : "the next owner's memory was released under him";
        }
    },
    /** So that neither comes first. */
    RELEASED_BY_TWO_THREADS("released by two threads at once") {
        @Override
        String commit(Target target) throws Exception {
            Object[] shared = new Object[1];
            CyclicBarrier barrier = new CyclicBarrier(2);
            AtomicInteger refusals = new AtomicInteger();
            String[] words = new String[1];
            Runnable release = () -> {
                meet(barrier);
                try {
                    target.release(shared[0]);
                } catch (RuntimeException refused) {
                    words[0] = MisuseChild.words(refused);
                    refusals.incrementAndGet();
                }
                meet(barrier);
            };
            Thread other = Thread.ofPlatform().daemon().start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    release.run();
                }
            });
            for (int round = 0; round < ROUNDS; round++) {
                shared[0] = target.acquire(SIZE);
                release.run();
            }
            other.join();
            if (refusals.get() == ROUNDS) {
                throw new NoticedException("one of the two, in each of " + ROUNDS + " rounds: " + words[0]);
            }
            return "both accepted in " + (ROUNDS - refusals.get()) + " of " + ROUNDS + " rounds"
                    + (doubles(target) == 0 ? "" : ", two owners have the same memory");
        }
    },
    /** Before anybody else has it. */
    READ_AFTER_RELEASE("read after its release") {
        @Override
        String commit(Target target) {
            Object stale = target.acquire(SIZE);
            target.write(stale, OFFSET, OLD);
            target.release(stale);
            byte found = target.read(stale, OFFSET);
            return found == OLD ? "unnoticed, the old content is read"
                    : String.format("unnoticed, but what is read is 0x%02x, not the old content", found);
        }
    },
    /** When it belongs to somebody else. */
    READ_OF_ANOTHERS("read after its release, when it is another's") {
        @Override
        String commit(Target target) {
            Object stale = target.acquire(SIZE);
            target.release(stale);
            Object next = nextAtTheSamePlace(target, stale);
            if (next != null) {
                target.write(next, OFFSET, NEW);
            }
            byte found = target.read(stale, OFFSET);
            return next == null
                    ? "unnoticed, the memory was not used again so soon"
                    : found == NEW ? "unnoticed, the next owner's content is read" : "unnoticed";
        }
    },
    /** Through the allocator's face, before anybody else has it. */
    WRITTEN_AFTER_RELEASE("written to after its release") {
        @Override
        String commit(Target target) {
            requireFace(target);
            return scribble(target, false);
        }
    },
    /** As native code does it, which keeps an address. */
    WRITTEN_AFTER_RELEASE_BY_ADDRESS("written to after its release, by address") {
        @Override
        String commit(Target target) {
            return scribble(target, true);
        }
    },
    /** Through the allocator's face, when it belongs to somebody else. */
    WRITTEN_UNDER_ANOTHER("written to after its release, when it is another's") {
        @Override
        String commit(Target target) {
            Object stale = target.acquire(SIZE);
            target.release(stale);
            Object next = nextAtTheSamePlace(target, stale);
            if (next != null) {
                target.write(next, OFFSET, NEW);
            }
            target.write(stale, OFFSET, OLD);
            return next == null
                    ? "unnoticed, the memory was not used again so soon"
                    : target.read(next, OFFSET) == OLD ? "unnoticed, the next owner's content is changed" : "unnoticed";
        }
    },
    /** Through the allocator's face. */
    OVERRUN("written past its end") {
        @Override
        String commit(Target target) {
            requireFace(target);
            return overrun(target, false);
        }
    },
    /** As native code does it. */
    OVERRUN_BY_ADDRESS("written past its end, by address") {
        @Override
        String commit(Target target) {
            return overrun(target, true);
        }
    },
    /** An address that was never handed out. */
    RELEASED_INSIDE("released at an address that was not acquired") {
        @Override
        String commit(Target target) {
            if (target.hasFace()) {
                throw new ImpossibleException("cannot be written down: a release names a handle, not an address");
            }
            Object buffer = target.acquire(SIZE);
            for (int at = 0; at < SIZE; at++) {
                target.write(buffer, at, OLD);
            }
            target.releaseInside(buffer);
            List<Object> next = acquireMany(target);
            return next.stream().anyMatch(it -> target.address(it) > target.address(buffer)
                    && target.address(it) < target.address(buffer) + SIZE)
                            ? "the inside of a buffer went to another owner"
                            : "unnoticed, without consequence here";
        }
    },
    /** Never released, and nobody has it any more. */
    LEAKED("leaked") {
        @Override
        String commit(Target target) throws InterruptedException {
            for (int i = 0; i < LEAKS; i++) {
                target.write(target.acquire(SIZE), 0, OLD);
            }
            for (int i = 0; i < 20; i++) {
                awaitCollection();
                target.lookAround();
                target.release(target.acquire(SIZE));
            }
            return "unnoticed, the memory is gone";
        }
    },
    /** By one thread, while it is read by another, over and over. */
    RELEASED_WHILE_READ("released while another thread reads it") {
        @Override
        String commit(Target target) throws InterruptedException {
            Object buffer = target.acquire(SIZE);
            target.write(buffer, OFFSET, OLD);
            Reader reader = new Reader(target, buffer);
            Thread thread = Thread.ofPlatform().daemon().start(reader);
            reader.atWork.await();
            target.release(buffer);
            Object next = nextAtTheSamePlace(target, buffer);
            if (next != null) {
                target.write(next, OFFSET, NEW);
            }
            thread.join(300);
            reader.over = true;
            thread.join();
            RuntimeException refused = reader.refused;
            if (refused != null) {
                throw new NoticedException("the reader gets " + MisuseChild.words(refused));
            }
            return reader.last == NEW ? "unnoticed, the reader sees the next owner's content"
                    : reader.last == OLD ? "unnoticed, the reader goes on reading the old content"
                            : String.format("unnoticed, the reader goes on, and sees 0x%02x", reader.last);
        }
    };

    /** Returns when the collector has been through, and references to what is unreachable are in their queues. */
    private static void awaitCollection() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        Reference<Object> witness = new WeakReference<>(new Object(), collected);
        try {
            do {
                System.gc();
            } while (collected.remove(PATIENCE_MILLIS) == null);
        } finally {
            Reference.reachabilityFence(witness); // else it need never be queued
        }
    }

    private static final class Reader implements Runnable {

        private final Target target;
        private final Object buffer;
        private final CountDownLatch atWork = new CountDownLatch(ROUNDS);
        private volatile byte last;
        private volatile boolean over;
        private volatile @Nullable RuntimeException refused;

        Reader(Target target, Object buffer) {
            this.target = target;
            this.buffer = buffer;
        }

        @Override
        public void run() {
            try {
                while (!over) {
                    last = target.read(buffer, OFFSET);
                    atWork.countDown();
                }
            } catch (RuntimeException stale) {
                refused = stale;
                while (atWork.getCount() != 0) { // there will be no more reads to wait for
                    atWork.countDown();
                }
            }
        }
    }

    static final int SIZE = 1024; // no allocator rounds it up
    private static final int OFFSET = 100;
    private static final int PAST = 64;
    private static final int MANY = 64;
    private static final int LEAKS = 10;
    private static final int ROUNDS = 1000;
    private static final long PATIENCE_MILLIS = 100;
    private static final List<Object> KEPT = new ArrayList<>();
    private static final byte OLD = 0x5a;
    private static final byte NEW = 0x77;

    private final String label;

    Misuse(String label) {
        this.label = label;
    }

    /**
     * Returns what a reader calls it.
     *
     * @return words that follow "a buffer is"
     */
    public String label() {
        return label;
    }

    /** Commits it, and says what became of it; throws if the allocator throws. */
    abstract String commit(Target target) throws Exception;

    private static void requireFace(Target target) {
        if (!target.hasFace()) {
            throw new ImpossibleException("there is nothing but the address");
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** They stay: what is forgotten would be a misuse of its own. */
    private static List<Object> acquireMany(Target target) {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            many.add(target.acquire(SIZE));
        }
        KEPT.addAll(many);
        return many;
    }

    /** How many of the next buffers have the memory of another one. */
    private static long doubles(Target target) {
        return MANY - acquireMany(target).stream().map(target::address).distinct().count();
    }

    private static @Nullable Object nextAtTheSamePlace(Target target, Object stale) {
        return acquireMany(target).stream()
                .filter(next -> target.address(next) == target.address(stale))
                .findFirst()
                .orElse(null);
    }

    private static void write(Target target, Object buffer, int at, byte value, boolean byAddress) {
        if (byAddress) {
            target.writeByAddress(buffer, at, value);
        } else {
            target.write(buffer, at, value);
        }
    }

    /** From the beginning, where allocators keep their lists. */
    private static String scribble(Target target, boolean byAddress) {
        Object stale = target.acquire(SIZE);
        target.release(stale);
        for (int at = 0; at < OFFSET; at++) {
            write(target, stale, at, OLD, byAddress);
        }
        Object next = nextAtTheSamePlace(target, stale);
        return next == null
                ? "unnoticed at first, the memory is not used again so soon"
                : target.readByAddress(next, OFFSET - 1) == OLD
                        ? "unnoticed, the next owner finds it"
                        : "unnoticed, it is overwritten before the next owner has it";
    }

    private static String overrun(Target target, boolean byAddress) {
        List<Object> many = acquireMany(target);
        many.sort((one, other) -> Long.compare(target.address(one), target.address(other)));
        Object victim = many.getFirst();
        Object neighbour = many.get(1);
        for (Object buffer : many) {
            target.write(buffer, 0, NEW);
        }
        for (int at = SIZE; at < SIZE + PAST; at++) {
            write(target, victim, at, OLD, byAddress);
        }
        boolean hit = target.read(neighbour, 0) == OLD;
        many.forEach(target::release);
        return hit ? "unnoticed, its neighbour's content is changed"
                : "unnoticed, what is there belongs to no buffer";
    }

    /** Was noticed on another thread. */
    static final class NoticedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        NoticedException(String words) {
            super(words);
        }
    }

    /** Is ruled out by what the allocator hands out. */
    static final class ImpossibleException extends RuntimeException {

        private static final long serialVersionUID = 1;

        ImpossibleException(String words) {
            super(words);
        }
    }
}
