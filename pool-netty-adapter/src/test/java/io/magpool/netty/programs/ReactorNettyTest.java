/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

class ReactorNettyTest extends EchoContract {

    @Override
    EchoProgram start(Side server, Side client) {
        return new ReactorEcho(server, client);
    }
}
