/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import java.util.concurrent.CompletableFuture;

/** A server that sends back what it gets, and clients that talk to it, each side over an allocator of its own. */
interface EchoProgram extends AutoCloseable {

    /** The loopback port that the server listens to. */
    int port();

    /** Connects to the server, or to somebody who stands between: {@code port} says. */
    Client connect(int port) throws Exception;

    /** Ends the server and what the clients share; when this returns their threads have ended. */
    @Override
    void close();

    /** One connection. */
    interface Client extends AutoCloseable {

        /**
         * Sends a request, one at a time.
         *
         * @return what came back; fails when the connection breaks
         */
        CompletableFuture<byte[]> echo(byte[] body);

        @Override
        void close();
    }
}
