/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.recipes;

import io.netty.buffer.ByteBufAllocator;
import org.apache.bookkeeper.client.BookKeeper;
import org.apache.bookkeeper.conf.ClientConfiguration;

/** What docs/recipes.md says of BookKeeper. */
final class BookKeeperRecipe {

    private BookKeeperRecipe() {}

    static BookKeeper client(ClientConfiguration conf, ByteBufAllocator allocator) throws Exception {
        BookKeeper client = BookKeeper.forConfig(conf).allocator(allocator).build();
        return client;
    }
}
