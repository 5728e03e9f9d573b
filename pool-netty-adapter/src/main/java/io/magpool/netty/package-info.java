/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A {@link io.netty.buffer.ByteBufAllocator} on top of a {@link io.magpool.api.BufferPool}.
 *
 * <p>Start at {@link io.magpool.netty.MagpoolByteBufAllocator}. The buffers themselves are built in four layers, each of
 * which knows only those before it:
 *
 * <ol>
 * <li>{@code CountedByteBuf}: the reference count, the only field that threads may fight for;
 * <li>{@code MagpoolByteBuf}: the chunk of the pool that the memory belongs to, its life and its growth;
 * <li>{@code CopyingByteBuf}: bytes in memory, many at a time, and views of them;
 * <li>{@code MagpoolDirectByteBuf}, {@code MagpoolHeapByteBuf}: numbers in memory, one at a time.
 * </ol>
 *
 * <p>All code here runs on the threads of its callers.
 */
@NullMarked
package io.magpool.netty;

import org.jspecify.annotations.NullMarked;
