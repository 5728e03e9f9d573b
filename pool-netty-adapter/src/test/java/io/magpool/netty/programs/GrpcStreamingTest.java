/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

class GrpcStreamingTest extends EchoContract {

    @Override
    EchoProgram start(Side server, Side client) throws Exception {
        return new GrpcEcho(Delivery.STREAMING, server, client);
    }
}
