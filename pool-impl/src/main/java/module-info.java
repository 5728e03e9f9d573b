/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The pool behind {@code io.magpool.api}. It is found through {@link java.util.ServiceLoader}; exported is only what binds pools to
 * Micrometer, which may be missing.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // Micrometer has no module-info
module io.magpool.impl {
    requires io.magpool.api;
    requires jdk.management;
    requires static jdk.jfr;
    requires static micrometer.core;
    requires static org.jspecify;

    exports io.magpool.micrometer;

    provides io.magpool.api.spi.BufferPoolProvider with
            io.magpool.impl.pool.MagazinePoolProvider;
}
