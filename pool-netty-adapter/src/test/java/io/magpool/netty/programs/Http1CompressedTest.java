/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

class Http1CompressedTest extends EchoContract {

    @Override
    EchoProgram start(Side server, Side client) {
        return new NettyEcho(new Http1(Delivery.STREAMING, true), Transport.NIO, server, client);
    }
}
