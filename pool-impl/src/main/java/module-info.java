/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The pool behind {@code io.magpool.api}. Exports nothing: it is found through {@link java.util.ServiceLoader}. */
@org.jspecify.annotations.NullMarked
module io.magpool.impl {
    requires io.magpool.api;
    requires jdk.management;
    requires static jdk.jfr;
    requires static org.jspecify;

    provides io.magpool.api.spi.BufferPoolProvider with
            io.magpool.impl.pool.MagazinePoolProvider;
}
