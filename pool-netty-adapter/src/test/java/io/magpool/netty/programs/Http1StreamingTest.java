/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import org.junit.jupiter.api.Tag;

@Tag("core")
class Http1StreamingTest extends EchoContract {

    @Override
    EchoProgram start(Side server, Side client) {
        return new NettyEcho(new Http1(Delivery.STREAMING), Transport.NIO, server, client);
    }
}
