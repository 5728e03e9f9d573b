/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Runs where Netty's native library for io_uring is on the class path, and the system allows io_uring. */
class IoUringTest extends EchoContract {

    @Override
    EchoProgram start(Side server, Side client) {
        Transport.IO_URING.assumeAvailable();
        return new NettyEcho(new Http1(Delivery.STREAMING), Transport.IO_URING, server, client);
    }

    @Override
    @Disabled("over io_uring a client does not always notice that its connection was reset, nor does it with Netty's own allocator")
    @Test
    void theOtherSideVanishes(CutLine.Direction direction, int bytes, CutLine.Break how) {}
}
