/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

class Http2StreamingTest extends EchoContract {

    @Override
    EchoProgram start(Side server, Side client) {
        return new NettyEcho(new Http2(Delivery.STREAMING), Transport.NIO, server, client);
    }
}
