/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An allocator for the time of a test, after which nothing may be in use. */
final class OpenAllocator implements BeforeEachCallback, AfterEachCallback {

    private final long maxBytes;
    private MagpoolByteBufAllocator allocator;

    OpenAllocator(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    MagpoolByteBufAllocator get() {
        return allocator;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        allocator = TestAllocators.withLimit(maxBytes);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        allocator.close();
    }
}
