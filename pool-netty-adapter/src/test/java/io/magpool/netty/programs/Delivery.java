/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

/** Whether messages are put together before they are handled, or handled in the pieces in which they come. */
enum Delivery {
    AGGREGATED,
    STREAMING
}
