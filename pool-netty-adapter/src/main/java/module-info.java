/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Magpool for Netty: a {@code ByteBufAllocator} whose buffers come from a
 * {@link io.magpool.api.BufferPool}.
 *
 * <p>The pool's implementation is found at run time; it lives in the artifact {@code io.magpool:pool-impl}.
 */
@org.jspecify.annotations.NullMarked
module io.magpool.netty {
    requires static org.jspecify;
    requires transitive io.magpool.api;
    requires transitive io.netty.buffer;
    requires io.netty.common;
    requires static transitive io.netty.transport; // for channels: an allocator alone does without
    requires static jdk.jfr;

    exports io.magpool.netty;
}
