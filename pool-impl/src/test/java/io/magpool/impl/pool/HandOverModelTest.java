/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.PoolClosedException;
import io.magpool.api.PooledBuffer;
import io.magpool.api.Registration;
import io.magpool.impl.ModelEffort;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The line of those who wait, with a room of one chunk, under many interleavings: whoever waits is served, or told that it is in
 * vain; the chunk is in one place; and it is home at the end. A wake-up that is lost shows as threads that hang: the clock stands still
 * here, so that nobody looks again for no reason. The broken twins: a release that looks at the line before it makes its
 * chunk available, and one who leaves the line without a word to the next.
 */
@Tag("model")
class HandOverModelTest {

    private static final int INTERLEAVINGS = 300;
    private static final Wish WISH = new Wish(100, 1, OneChunk.SIZE_CLASS, 4096);
    private static final Wish TOO_MUCH = new Wish(5000, 1, OneChunk.SIZE_CLASS + 1, 8192);

    /** Tells Lincheck that threads share what they reach from here, which it does not learn from what they run. */
    static volatile OneChunk reached;

    private static void check(Runnable scenario) {
        ModelEffort.check(INTERLEAVINGS, scenario);
    }

    private static void assertFound(Runnable brokenScenario) {
        assertThatThrownBy(() -> check(brokenScenario)).isInstanceOf(LincheckAssertionError.class);
    }

    /** What goes on at the same time; ends when all have ended, and fails if one did. */
    private static void together(OneChunk room, Runnable... works) {
        reached = room;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[works.length];
        for (int i = 0; i < works.length; i++) {
            Runnable work = works[i];
            threads[i] = new Thread(() -> {
                try {
                    work.run();
                } catch (RuntimeException | Error failed) {
                    failure.set(failed);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    private static void twoWaitForOneChunk(OneChunk room) {
        together(room, () -> waitAndRelease(room, OneChunk.LONG), () -> waitAndRelease(room, OneChunk.LONG),
                room::release);
        room.assertQuiet();
    }

    private static void oneWaits(OneChunk room) {
        together(room, () -> waitAndRelease(room, OneChunk.LONG), room::release);
        room.assertQuiet();
    }

    private static void oneWaitsAndAnothersTimeIsOver(OneChunk room) {
        together(room, () -> waitAndRelease(room, 0), () -> waitAndRelease(room, OneChunk.LONG), room::release);
        room.assertQuiet();
    }

    private static void oneWaitsWhileThePoolIsClosed(OneChunk room) {
        together(room, () -> waitAndRelease(room, OneChunk.LONG), room::close, room::release);
        room.assertQuiet();
    }

    private static void anActionIsCancelledAndAThreadWaitsBehindIt(OneChunk room) {
        AtomicInteger runs = new AtomicInteger();
        Registration registration = room.line().onAvailable(WISH, runs::incrementAndGet);
        together(room, registration::close, () -> waitAndRelease(room, OneChunk.LONG), room::release);
        room.assertQuiet();
        OneChunk.check(runs.get() <= 1, "an action ran twice");
    }

    private static void anActionThatWantsMoreStandsInFrontAndIsCancelled(OneChunk room) {
        Registration registration = room.line().onAvailable(TOO_MUCH, () -> OneChunk.check(false, "there is no room"));
        together(room, registration::close, () -> waitAndRelease(room, OneChunk.LONG), room::release);
        room.assertQuiet();
    }

    private static void anActionIsRegistered(OneChunk room) {
        AtomicInteger runs = new AtomicInteger();
        together(room, () -> room.line().onAvailable(WISH, runs::incrementAndGet), room::release);
        room.assertQuiet();
        OneChunk.check(runs.get() == 1, "an action did not run once");
    }

    private static void waitAndRelease(OneChunk room, long nanos) {
        try {
            PooledBuffer buffer = room.line().await(WISH, System.nanoTime(), nanos);
            if (buffer != null) {
                buffer.release();
            } else {
                OneChunk.check(nanos == 0, "the time was not over");
            }
        } catch (PoolClosedException closed) {
            OneChunk.check(room.isClosed(), "the pool is open");
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void ofTwoWhoWaitForOneChunkBothGetIt() {
        check(() -> twoWaitForOneChunk(new OneChunk()));
    }

    @Test
    void whoWaitsFindsTheRoomThatAnotherSizeLeaves() {
        check(() -> oneWaits(new OneChunk() {
            @Override
            boolean give() {
                return false;
            }
        }));
    }

    @Test
    void whoseTimeIsOverTakesNothingFromTheNext() {
        check(() -> oneWaitsAndAnothersTimeIsOver(new OneChunk()));
    }

    @Test
    void whoWaitsWhileThePoolIsClosedIsServedOrTold() {
        check(() -> oneWaitsWhileThePoolIsClosed(new OneChunk()));
    }

    @Test
    void anActionThatIsCancelledRunsOnceAtMostAndLeavesItsPlaceToTheNext() {
        check(() -> anActionIsCancelledAndAThreadWaitsBehindIt(new OneChunk()));
    }

    @Test
    void whoWaitsBehindAnActionInVainIsServedWhenThatIsCancelled() {
        check(() -> anActionThatWantsMoreStandsInFrontAndIsCancelled(new OneChunk()));
    }

    @Test
    void anActionIsRunOnce() {
        check(() -> anActionIsRegistered(new OneChunk()));
    }

    @Test
    void aReleaseThatLooksAtTheLineFirstIsFoundBroken() {
        assertFound(() -> oneWaits(new OneChunk() {
            @Override
            void makeAvailable() {
                line().offer(Waiter.ENOUGH);
                putHome();
            }
        }));
    }

    @Test
    void whoLeavesTheLineWithoutAWordToTheNextIsFoundBroken() {
        assertFound(() -> anActionThatWantsMoreStandsInFrontAndIsCancelled(new OneChunk() {
            @Override
            Waiters line(Diversion diversion) {
                return new LineWithoutClock(this, diversion) {
                    @Override
                    void leave(Waiter waiter) {}
                };
            }
        }));
    }
}
