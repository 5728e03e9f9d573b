/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/**
 * How much of its parent's memory a child pool may have, and how much it can always have. An immutable, valid value.
 *
 * {@snippet :
 * BufferPool tenant = pool.child("tenant-7", ChildLimits.atMost(64L << 20).guaranteeing(16L << 20));
 * }
 *
 * @param maxBytes the limit in bytes, as for {@link PoolConfig.Builder#maxBytes}, or {@link PoolConfig#AUTO}: none but the
 *        parent's. It may be above the parent's, which holds as well
 * @param guaranteedBytes what nobody else can take from the child, in bytes, 0 or more, at most {@code maxBytes}
 */
public record ChildLimits(long maxBytes, long guaranteedBytes) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not valid; the message names field, value and rule
     */
    public ChildLimits {
        Settings.MAX_BYTES.checked(maxBytes);
        if (guaranteedBytes < 0 || (maxBytes != PoolConfig.AUTO && guaranteedBytes > maxBytes)) {
            throw new IllegalArgumentException("guaranteedBytes is " + guaranteedBytes
                    + ": must be 0 or more, and at most maxBytes, which is "
                    + (maxBytes == PoolConfig.AUTO ? "the parent's" : maxBytes));
        }
    }

    /**
     * Sets no limit beside the parent's, and no guarantee.
     *
     * @return limits
     */
    public static ChildLimits none() {
        return new ChildLimits(PoolConfig.AUTO, 0);
    }

    /**
     * Sets a limit, and no guarantee.
     *
     * @param maxBytes the limit in bytes, as for {@link PoolConfig.Builder#maxBytes}
     * @return limits
     * @throws IllegalArgumentException if the value is not valid there
     */
    public static ChildLimits atMost(long maxBytes) {
        return new ChildLimits(maxBytes, 0);
    }

    /**
     * Adds a guarantee.
     *
     * @param bytes 0 or more, at most the limit
     * @return the limits with that guarantee
     * @throws IllegalArgumentException if the value is outside
     */
    public ChildLimits guaranteeing(long bytes) {
        return new ChildLimits(maxBytes, bytes);
    }
}
