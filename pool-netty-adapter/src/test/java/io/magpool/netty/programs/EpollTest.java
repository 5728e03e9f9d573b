/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

/** Runs where Netty's native library for epoll is on the class path. */
class EpollTest extends EchoContract {

    @Override
    EchoProgram start(Side server, Side client) {
        Transport.EPOLL.assumeAvailable();
        return new NettyEcho(new Http1(Delivery.STREAMING), Transport.EPOLL, server, client);
    }
}
