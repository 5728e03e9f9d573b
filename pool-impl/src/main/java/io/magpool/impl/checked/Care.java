/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.LeakDetection;
import io.magpool.api.PoolConfig.Safety;

/** What is done for an acquisition. */
enum Care {
    /** Nothing: the ordinary pool's own buffer goes to the user. */
    NONE,
    /** It has a handle of its own, and it is remembered where it was made. */
    FOLLOWED,
    /** Besides, its memory goes through quarantine. */
    CHECKED;

    /** What is done for each. */
    static Care usual(PoolConfig config) {
        if (config.safety() == Safety.CHECKED) {
            return CHECKED;
        }
        return config.leakDetection() == LeakDetection.ALL ? FOLLOWED : NONE;
    }

    /** What is done for one in n. */
    static Care sampled(PoolConfig config) {
        if (config.safety() != Safety.STANDARD) {
            return CHECKED;
        }
        return config.leakDetection() == LeakDetection.OFF ? NONE : FOLLOWED;
    }
}
