/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.memory.Cores;
import io.magpool.impl.slab.ChunkNumber;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Magazines for threads that own none: there may be a million virtual threads, most of them parked, and a cache of each
 * would hold memory for nobody.
 *
 * <p>A thread takes the stripe of the core it runs on, with one compare-and-set, does one operation, and puts the stripe
 * back with a release store. As many threads run at a time as there are cores, so the stripe is rarely taken; if it is (its
 * thread has moved to another core, or was stopped by the system just now), a neighbour's will do, and if those are taken
 * too, the caller goes to the depot. Nobody waits here, so no carrier is ever blocked: not for a stripe that is being built
 * either. Whoever finds none builds one, has it admitted, and enters it by a compare-and-set; who is second drops his own, which
 * nobody has used. To admit may mean to close it, with a barrier in all threads, which must not happen under a lock (invariant 5).
 *
 * <p>If a StackOverflowError strikes whoever has a stripe, the stripe is put back on the way out, and nothing is torn, since a
 * magazine changes by a single store. To put it back takes a call, too. One that finds no stack leaves the stripe taken: then it is
 * as with an owner who is stopped inside for ever. Others use the neighbours, revokers pass by, its rounds stay cached, and the pool
 * keeps their slabs after its close. It takes bad luck: to take the stripe was a deeper call than any that follows, so what has no
 * stack left for these has failed before. Rejected: to put it back by a plain volatile write, which takes no stack, but makes each
 * operation dearer by a fence.
 *
 * <p>Rejected: caches of the carriers (a virtual thread cannot know that it stays on its carrier for the whole operation).
 */
public final class Stripes {

    private static final int TRIES = 4;

    private final AtomicReferenceArray<@Nullable Stripe> stripes;
    private final Cores cores;
    private final PairLayout layout;
    private final long budget;
    private final boolean fenced;
    private final SampleRate sampleRate;
    private final Admission admission;

    /** Is told of stripes, by the thread that builds them, which holds nothing meanwhile. */
    public interface Admission {

        /**
         * A stripe is about to be used.
         *
         * @param stripe without rounds
         */
        void admit(ThreadCache stripe);

        /**
         * A stripe will not be used after all.
         *
         * @param stripe was admitted before
         */
        void dismiss(ThreadCache stripe);
    }

    /**
     * Builds no stripe yet.
     *
     * @param count how many there may be, a power of two
     * @param cores says which one to try first
     * @param layout of the pairs
     * @param budget how many bytes the chunks of one stripe's magazines may have together
     * @param fenced the mode of the guard
     * @param sampleRate how often an acquire is to find nothing, since it is a sample
     * @param admission is told of each stripe before it is used
     */
    public Stripes(
            int count,
            Cores cores,
            PairLayout layout,
            long budget,
            boolean fenced,
            SampleRate sampleRate,
            Admission admission) {
        this.stripes = new AtomicReferenceArray<>(count);
        this.cores = cores;
        this.layout = layout;
        this.budget = budget;
        this.fenced = fenced;
        this.sampleRate = sampleRate;
        this.admission = admission;
    }

    /** Returns null if all stripes that were tried are taken. */
    private @Nullable Stripe take() {
        int core = cores.current();
        int mask = stripes.length() - 1;
        for (int i = 0; i < TRIES; i++) {
            Stripe stripe = stripes.get((core + i) & mask);
            if (stripe == null) {
                stripe = buildIfPossible((core + i) & mask);
            }
            if (stripe != null && stripe.tryTake()) {
                return stripe;
            }
        }
        return null;
    }

    /** Returns null where the Java heap has no room: a chunk that is on its way must not be lost for that. */
    private @Nullable Stripe buildIfPossible(int index) {
        try {
            return build(index);
        } catch (OutOfMemoryError noRoom) {
            return null;
        }
    }

    private Stripe build(int index) {
        Stripe fresh = new Stripe(layout, budget, fenced, sampleRate);
        admission.admit(fresh);
        Stripe present = stripes.compareAndExchange(index, null, fresh);
        if (present != null) {
            admission.dismiss(fresh);
            return present;
        }
        return fresh;
    }

    /**
     * Takes a chunk.
     *
     * @param sizeClass of the chunk
     * @return its number, or {@link ChunkNumber#NONE} if there is none at hand
     */
    public int acquire(int sizeClass) {
        Stripe stripe = take();
        if (stripe == null) {
            return ChunkNumber.NONE;
        }
        try {
            return stripe.takeRound(sizeClass);
        } finally {
            stripe.putBack();
        }
    }

    /**
     * Decides on the acquisition that comes next, before it: each that finds nothing here has to ask. If the thread has been
     * moved to another core meanwhile, another acquisition is the sample.
     *
     * @param sizeClass of what is acquired
     * @return true if it is a sample; false also if no stripe is at hand: whoever then acquires without being counted has to draw by
     *         {@link SampleRate#picks}
     */
    public boolean takeSample(int sizeClass) {
        if (!sampleRate.isAny()) {
            return false;
        }
        Stripe stripe = take();
        if (stripe == null) {
            return false;
        }
        try {
            return stripe.drawSample(sizeClass);
        } finally {
            stripe.putBack();
        }
    }

    /**
     * After a sample was taken for an acquisition that came to nothing: another one is it.
     *
     * @param sizeClass of what was not acquired
     */
    public void returnSample(int sizeClass) {
        Stripe stripe = take();
        if (stripe != null) {
            try {
                stripe.undrawSample(sizeClass);
            } finally {
                stripe.putBack();
            }
        }
    }

    /**
     * Counts an acquire that did not come from a stripe where samples depend on it, so that they come as often as they should.
     *
     * @param sizeClass of what was acquired
     * @return false if it is not counted here
     */
    public boolean countAcquire(int sizeClass) {
        Stripe stripe = sampleRate.isAny() ? take() : null;
        if (stripe == null) {
            return false;
        }
        try {
            stripe.noteAcquire(sizeClass);
            return true;
        } finally {
            stripe.putBack();
        }
    }

    /**
     * Puts a chunk in.
     *
     * @param sizeClass of the chunk
     * @param number its number
     * @return false if there is no room at hand
     */
    public boolean release(int sizeClass, int number) {
        Stripe stripe = take();
        if (stripe == null) {
            return false;
        }
        try {
            return stripe.putRound(sizeClass, number);
        } finally {
            stripe.putBack();
        }
    }

    /**
     * Moves rounds in.
     *
     * @param sizeClass of the rounds
     * @param magazine held by the caller; afterwards it has what did not fit
     * @param surplus gets the rounds of another class, if the stripe would hold too much
     */
    public void load(int sizeClass, Magazine magazine, RoundSink surplus) {
        exchange(sizeClass, surplus, stripe -> stripe.moveIn(sizeClass, magazine));
    }

    /**
     * Moves rounds out.
     *
     * @param sizeClass of the rounds
     * @param magazine held by the caller; it gets what it takes
     * @param surplus gets the rounds of another class, if the stripe holds too much
     */
    public void unload(int sizeClass, Magazine magazine, RoundSink surplus) {
        exchange(sizeClass, surplus, stripe -> stripe.moveOut(sizeClass, magazine));
    }

    private void exchange(int sizeClass, RoundSink surplus, Consumer<Stripe> exchange) {
        Stripe stripe = take();
        if (stripe == null) {
            return;
        }
        int victim;
        try {
            exchange.accept(stripe);
            victim = stripe.overBudget(sizeClass);
        } finally {
            stripe.putBack();
        }
        if (victim >= 0) {
            giveUp(stripe, victim, surplus);
        }
    }

    /** If another thread is quicker, the next exchange finds the stripe over its budget again. */
    static void giveUp(Stripe stripe, int sizeClass, RoundSink surplus) {
        int[] rounds = stripe.roomFor(sizeClass); // not inside
        if (stripe.tryTake()) {
            try {
                if (stripe.cached(sizeClass) <= rounds.length) {
                    stripe.moveAll(sizeClass, rounds);
                }
            } finally {
                stripe.putBack();
            }
            surplus.accept(sizeClass, rounds);
        }
    }
}
