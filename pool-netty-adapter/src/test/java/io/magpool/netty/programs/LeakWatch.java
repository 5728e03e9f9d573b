/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.netty.Eventually;
import io.magpool.netty.ReportingLeakDetector;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After all tests of a class: Netty's leak detector has nothing to say of what they created. */
final class LeakWatch implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        ReportingLeakDetector.attributeTo(nameOf(context));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ReportingLeakDetector.attributeTo("nobody");
        assertThat(reportsOf(nameOf(context))).as("reports of Netty's leak detector").isEmpty();
    }

    static List<String> reportsOf(String name) {
        awaitCollection();
        return ReportingLeakDetector.reportsOf(name);
    }

    private static String nameOf(ExtensionContext context) {
        return context.getRequiredTestClass().getName();
    }

    /**
     * Returns when references to all that was unreachable before the call have been put into their queues. Those of one
     * collection come in any order, so it is the second collection that shows that the first is done.
     */
    private static void awaitCollection() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        for (int collections = 0; collections < 2; collections++) {
            Reference<Object> canary = new WeakReference<>(new Object(), queue);
            try {
                Eventually.isTrue("an unreachable object is collected", () -> {
                    System.gc();
                    return queue.poll() != null;
                });
            } finally {
                Reference.reachabilityFence(canary);
            }
        }
    }
}
