/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.time.Duration;
import java.util.Objects;

/**
 * What a buffer shall be like. An immutable value.
 *
 * {@snippet :
 * pool.acquire(BufferRequest.of(8192).zeroed().aligned(4096).within(Duration.ofMillis(20)));
 * }
 */
public final class BufferRequest {

    /** The largest alignment that can be asked for, in bytes: 2 MiB, a huge page. */
    public static final long MAX_ALIGNMENT = 2L << 20;

    private final long size;
    private final boolean zeroed;
    private final long alignment;
    private final Duration patience;

    private BufferRequest(long size, boolean zeroed, long alignment, Duration patience) {
        this.size = size;
        this.zeroed = zeroed;
        this.alignment = alignment;
        this.patience = patience;
    }

    /**
     * Asks for a buffer of undefined content, without further alignment, without waiting.
     *
     * @param size the size that is needed, in bytes
     * @return a request
     * @throws IllegalArgumentException if the size is negative
     */
    public static BufferRequest of(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("size is " + size + ": must not be negative");
        }
        return new BufferRequest(size, false, 1, Duration.ZERO);
    }

    /**
     * Asks for content of zeros, over the whole size.
     *
     * @return the request with that wish
     */
    public BufferRequest zeroed() {
        return new BufferRequest(size, true, alignment, patience);
    }

    /**
     * Asks for an address that is a multiple of the alignment.
     *
     * @param bytes a power of two, at most {@link #MAX_ALIGNMENT}
     * @return the request with that wish
     * @throws IllegalArgumentException if it is no power of two, or too large
     */
    public BufferRequest aligned(long bytes) {
        if (Long.bitCount(bytes) != 1 || bytes < 0 || bytes > MAX_ALIGNMENT) {
            throw new IllegalArgumentException(
                    "alignment is " + bytes + ": must be a power of two from 1 to " + MAX_ALIGNMENT);
        }
        return new BufferRequest(size, zeroed, bytes, patience);
    }

    /**
     * Allows to wait for room in the pool. Not for event loops, which must not wait.
     *
     * @param atMost how long to wait; zero for not at all
     * @return the request with that wish
     * @throws IllegalArgumentException if the time is negative
     */
    public BufferRequest within(Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        if (atMost.isNegative()) {
            throw new IllegalArgumentException("waiting time is " + atMost + ": must not be negative");
        }
        return new BufferRequest(size, zeroed, alignment, atMost);
    }

    /**
     * Returns the size that is needed.
     *
     * @return bytes
     */
    public long size() {
        return size;
    }

    /**
     * Tells whether the content shall be zeros.
     *
     * @return true if so
     */
    public boolean isZeroed() {
        return zeroed;
    }

    /**
     * Returns what the address shall be a multiple of.
     *
     * @return bytes, a power of two
     */
    public long alignment() {
        return alignment;
    }

    /**
     * Returns how long the caller is ready to wait.
     *
     * @return a time, zero for not at all
     */
    public Duration patience() {
        return patience;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BufferRequest that
                && size == that.size
                && zeroed == that.zeroed
                && alignment == that.alignment
                && patience.equals(that.patience);
    }

    @Override
    public int hashCode() {
        return Objects.hash(size, zeroed, alignment, patience);
    }

    @Override
    public String toString() {
        return "BufferRequest[size=" + size + ", zeroed=" + zeroed + ", alignment=" + alignment + ", patience="
                + patience
                + "]";
    }
}
