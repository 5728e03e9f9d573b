/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The public face of Magpool: pools of off-heap buffers, their configuration and their statistics.
 *
 * <p>The implementation is found through {@link java.util.ServiceLoader}; it lives in the artifact
 * {@code io.magpool:pool-impl}.
 */
@org.jspecify.annotations.NullMarked
module io.magpool.api {
    requires static org.jspecify;

    exports io.magpool.api;
    exports io.magpool.api.spi;

    uses io.magpool.api.spi.BufferPoolProvider;
}
