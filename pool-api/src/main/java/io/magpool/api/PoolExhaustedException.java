/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/** The pool's limit leaves no room for a buffer. The pool is unchanged and can be used on. */
public final class PoolExhaustedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long asked;
    private final long limit;
    private final long charged;
    private final long acquired;
    private final long cached;

    /**
     * Builds the exception; all figures are bytes.
     *
     * @param pool the pool's name
     * @param asked the size that was asked for
     * @param limit the pool's limit
     * @param charged what was charged against the limit
     * @param acquired what users held
     * @param cached what threads and depots held ready
     */
    public PoolExhaustedException(String pool, long asked, long limit, long charged, long acquired, long cached) {
        this(pool, asked, limit, charged, acquired, cached, "");
    }

    /**
     * Builds the exception; all figures are bytes.
     *
     * @param pool the pool's name
     * @param asked the size that was asked for
     * @param limit the pool's limit
     * @param charged what was charged against the limit
     * @param acquired what users held
     * @param cached what threads and depots held ready
     * @param more what else there is to say, or nothing
     */
    public PoolExhaustedException(
            String pool, long asked, long limit, long charged, long acquired, long cached, String more) {
        super("pool " + pool + " has no room for " + asked + " bytes: limit " + limit + ", charged " + charged
                + ", acquired " + acquired + ", cached " + cached + (more.isEmpty() ? "" : "; " + more));
        this.asked = asked;
        this.limit = limit;
        this.charged = charged;
        this.acquired = acquired;
        this.cached = cached;
    }

    /**
     * Returns the size that was asked for.
     *
     * @return bytes
     */
    public long asked() {
        return asked;
    }

    /**
     * Returns the pool's limit.
     *
     * @return bytes
     */
    public long limit() {
        return limit;
    }

    /**
     * Returns what was charged against the limit.
     *
     * @return bytes
     */
    public long charged() {
        return charged;
    }

    /**
     * Returns what users held, about that time.
     *
     * @return bytes
     */
    public long acquired() {
        return acquired;
    }

    /**
     * Returns what threads and depots held ready, about that time.
     *
     * @return bytes
     */
    public long cached() {
        return cached;
    }
}
