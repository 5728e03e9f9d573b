/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig;

/** What a pool says of itself when it starts, in one line. */
final class Introduction {

    private Introduction() {}

    static String of(MagazinePool pool) {
        PoolConfig config = pool.config();
        if (!pool.isParent()) {
            return "pool " + pool.name() + ": limit " + pool.charge().limit() + " bytes, guaranteed "
                    + pool.charge().guaranteed() + "; all else as its parent";
        }
        return "pool " + pool.name() + ": limit " + pool.charge().limit() + " bytes, "
                + (config.maxBytes() == PoolConfig.AUTO ? "chosen by the machine" : "configured") + "; memory "
                + pool.platform().memory().name() + ", barrier " + pool.platform().barrier().name() + ", arenas "
                + pool.arenas().count() + "; trim " + config.trim() + " each " + config.trimInterval() + ", "
                + config.maintenance() + "; safety " + config.safety();
    }
}
