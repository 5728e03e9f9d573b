/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Runs where Netty's native library for epoll is on the class path. */
class EpollTest extends EchoContract {

    @Override
    EchoProgram start(Side server, Side client) {
        assumeTrue(Transport.EPOLL.isAvailable(), "epoll's native library is not there");
        return new NettyEcho(new Http1(Delivery.STREAMING), Transport.EPOLL, server, client);
    }
}
