/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Sets the level of Netty's leak detection, which is one for the process, for the time of a test. */
final class LeakDetectionLevel implements BeforeEachCallback, AfterEachCallback {

    private final ResourceLeakDetector.Level level;
    private ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

    LeakDetectionLevel(ResourceLeakDetector.Level level) {
        this.level = level;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(level);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ResourceLeakDetector.setLevel(before);
    }
}
