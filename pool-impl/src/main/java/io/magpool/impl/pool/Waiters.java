/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PooledBuffer;
import io.magpool.api.Registration;
import io.magpool.impl.event.Events;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The line of those who wait for room: threads, and actions to be called back. Oldest first.
 *
 * <p>While anybody stands in line, caches are diverted (see {@link Diversion}): what is released is given to the oldest, if
 * that wants just such a chunk, or goes home to its slab. Then the oldest is called, and it alone: a thread tries for itself,
 * for an action whoever calls finds out whether there is room. Whoever leaves the line, for whatever reason, calls the next, since
 * there may be room for more than one. So at each time one thread looks for memory, however many wait.
 *
 * <p><em>No wake-up is lost.</em> A waiter enters the line, diverts the caches, runs a barrier; then, as soon as it is the
 * oldest, it reclaims what caches and depots have, and parks only if that failed. Whoever releases makes the memory available
 * and looks at the line then. Consider a release beside a waiter:
 *
 * <ul>
 * <li>It found its cache open, before the diversion. Then it was done or inside its guard at the barrier, and the reclaim,
 *     which waits for whoever is inside, finds its chunk. If it went from the cache on to a depot, it looks at the line
 *     after that.
 * <li>It found its cache diverted, so it makes its chunk available below, and looks at the line. Either it sees the
 *     waiter there and calls it; or it looked before the waiter entered, and the waiter's first try comes after that.
 * <li>The waiter is not the oldest. Then the oldest was called, and calls the next when it leaves; whoever enters looks
 *     whether it is the oldest after it entered, whoever leaves looks for the next after it left: one of the two sees the other.
 * <li>A new cache is registered first, and looks then whether it is to be diverted.
 * </ul>
 *
 * <p>A call is a word and an unpark: the waiter takes the word back before it looks, and parks only if the word was not said
 * since.
 *
 * <p>One release escapes all this: of an owner that was stopped inside its guard for longer than the reclaim waits. Its
 * chunk goes to its own magazine, and nobody is called. So the oldest reclaims again from time to time; for an action, those
 * do who are refused meanwhile.
 *
 * <p>Rejected: one condition for all, which wakes all for each release, and lets the youngest overtake.
 *
 * <p>Not final, so that a model can stop the clock, and leave a step out to see that it is missed.
 */
class Waiters {

    private static final long RECLAIM_AGAIN = TimeUnit.MILLISECONDS.toNanos(10);

    private final Room room;
    private final Events events;
    private final Diversion diversion;
    private final ConcurrentLinkedQueue<Waiter> line = new ConcurrentLinkedQueue<>();
    private final BooleanSupplier nobodyWaits;
    private final CountByClass waits = new CountByClass();

    Waiters(Room room, Diversion diversion) {
        this.room = room;
        this.events = new Events(room.name());
        this.diversion = diversion;
        this.nobodyWaits = () -> line.isEmpty() && !room.isWantedByOthers();
    }

    final boolean isEmpty() {
        return line.isEmpty();
    }

    final CountByClass waits() {
        return waits;
    }

    final int waiting() {
        return line.size();
    }

    /**
     * Stands in line.
     *
     * @param start when the time began, of {@link System#nanoTime}
     * @param nanos how long to wait from then on
     * @return null if the time is over, or the limit can never serve the wish
     */
    final @Nullable PooledBuffer await(Wish wish, long start, long nanos) throws InterruptedException {
        Object begun = events.beginWait();
        WaitingThread self = new WaitingThread(wish);
        Runnable leave = () -> leave(self); // built before a buffer is in hand
        PooledBuffer buffer = null;
        boolean over = false;
        waits.count(wish.sizeClass());
        line.add(self);
        try {
            diversion.begin();
            buffer = awaitEnd(self, start, nanos);
            over = true;
            if (buffer == null && !self.isTimedOut()) {
                buffer = room.receive(wish, self.given());
            }
        } finally {
            if (!over) {
                takeBack(self);
            }
            SlowPath.keepUnlessFailing(buffer, leave);
            events.endWait(begun, wish.size(), "thread", self.outcome());
        }
        return buffer;
    }

    /** Returns what the waiter found for itself; or null, and then its turn has ended otherwise. */
    private @Nullable PooledBuffer awaitEnd(WaitingThread self, long start, long nanos) throws InterruptedException {
        while (true) {
            self.answer();
            PooledBuffer found = isOldest(self) ? tryFor(self) : null;
            if (found != null) {
                if (self.tryServe()) {
                    return found;
                }
                found.release(); // what was given came first
            }
            if (Thread.interrupted()) {
                if (self.tryInterrupt()) {
                    throw new InterruptedException("interrupted while waiting for " + self.wish().size() + " bytes");
                }
                Thread.currentThread().interrupt();
            }
            long left = nanos - (System.nanoTime() - start);
            if ((left <= 0 || room.canNeverServe(self.wish())) && self.tryTimeOut()) {
                return null;
            }
            if (!self.isWaiting()) {
                return null;
            }
            sleep(self, isOldest(self) ? Math.min(left, RECLAIM_AGAIN) : left);
        }
    }

    /** Until it is called, or for so long, or for no reason less. */
    void sleep(WaitingThread self, long nanos) {
        self.park(this, nanos);
    }

    private @Nullable PooledBuffer tryFor(WaitingThread self) {
        boolean byReclaim = self.takeCredit(room.bytes());
        if (!byReclaim && self.nanosSinceReclaim() >= RECLAIM_AGAIN) {
            self.beginReclaim();
            byReclaim = true;
        }
        PooledBuffer buffer = room.acquireIfRoom(self.wish(), byReclaim);
        return buffer == null && byReclaim && room.othersGiveWay(self.wish())
                ? room.acquireIfRoom(self.wish(), true)
                : buffer;
    }

    /** Of a waiter that fails: nobody may give it anything from now on, and what was given goes on. */
    private void takeBack(WaitingThread failed) {
        if (!failed.tryCancel() && failed.given() >= 0) {
            room.takeBack(failed.given());
        }
    }

    /** Has an action run as soon as there is room. */
    final Registration onAvailable(Wish wish, Runnable action) {
        WaitingAction waiter = new WaitingAction(wish, this, action, events);
        if (line.isEmpty() && room.finds(wish, true) && waiter.tryServe()) {
            waiter.run();
            offer(Waiter.ENOUGH); // it was in hand meanwhile
            return waiter;
        }
        line.add(waiter);
        boolean entered = false;
        try {
            diversion.begin();
            if (room.isClosed() || room.canNeverServe(wish)) {
                endVain(waiter);
            }
            offer(Waiter.ENOUGH);
            entered = true;
            return waiter;
        } finally {
            if (!entered) {
                waiter.close();
            }
        }
    }

    /** After the waiter's turn has ended. */
    void leave(Waiter waiter) {
        line.remove(waiter);
        Waiter next = oldest();
        if (next != null) {
            call(next);
        } else {
            diversion.idle();
        }
    }

    private @Nullable Waiter oldest() {
        Waiter first = line.peek();
        while (first != null && !first.isWaiting()) {
            line.remove(first);
            first = line.peek();
        }
        return first;
    }

    private boolean isOldest(Waiter waiter) {
        return oldest() == waiter;
    }

    /**
     * Hands a chunk to the oldest, if that wants it. A giver that comes too late tries the next.
     *
     * @return false if the chunk is the caller's still
     */
    final boolean give(int sizeClass, int number) {
        Waiter oldest = oldest();
        while (oldest instanceof WaitingThread thread && oldest.wish().sizeClass() == sizeClass) {
            if (thread.tryGive(number)) {
                line.remove(thread);
                thread.call();
                return true;
            }
            oldest = oldest();
        }
        return false;
    }

    /**
     * After memory was made available: calls the oldest.
     *
     * @param bytes how much the charge may fall by that, at most
     */
    final void offer(long bytes) {
        Waiter oldest = oldest();
        if (oldest != null) {
            oldest.credit(bytes);
            call(oldest);
        } else {
            diversion.endIfIdle(nobodyWaits);
        }
    }

    /** Tells whether others leave no room for the oldest. */
    final boolean isShortByOthers() {
        Waiter oldest = oldest();
        return oldest != null && room.isShortByOthers(oldest.wish());
    }

    /** After an acquire was refused for the sake of the line. */
    final void remind() {
        if (oldest() instanceof WaitingAction action && action.nanosSinceReclaim() >= RECLAIM_AGAIN) {
            action.credit(Waiter.ENOUGH);
            call(action);
        }
    }

    private void call(Waiter first) {
        Waiter oldest = first;
        while (oldest instanceof WaitingAction action) {
            boolean byReclaim = action.takeCredit(room.bytes());
            boolean found = room.finds(action.wish(), byReclaim)
                    || (byReclaim
                            && room.othersGiveWay(action.wish())
                            && room.finds(action.wish(), true));
            if (found && action.tryServe()) {
                line.remove(action);
                action.run();
            }
            oldest = oldest();
            if (!found && oldest == action) {
                return;
            }
        }
        if (oldest instanceof WaitingThread thread) {
            thread.call();
        } else {
            diversion.idle();
        }
    }

    /** After the limit was changed. */
    final void limitChanged() {
        for (Waiter waiter : line) {
            if (room.canNeverServe(waiter.wish())) {
                endVain(waiter);
            }
        }
        offer(Waiter.ENOUGH);
    }

    /** After the pool was closed. */
    final void closeAll() {
        for (Waiter waiter : line) {
            endVain(waiter);
        }
    }

    /** Ends a turn that can have no success any more. A thread finds out itself; an action finds out by its acquire. */
    private void endVain(Waiter waiter) {
        switch (waiter) {
            case WaitingThread thread -> {
                if (room.isClosed()) {
                    thread.tryClose();
                }
                thread.call();
            }
            case WaitingAction action -> {
                if (action.tryClose()) {
                    line.remove(action);
                    action.run();
                }
            }
        }
    }
}
