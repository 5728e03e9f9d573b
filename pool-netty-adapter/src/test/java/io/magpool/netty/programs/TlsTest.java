/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** TLS by the JDK. */
class TlsTest extends EchoContract {

    @TempDir
    static Path folder;
    private static Path store;

    @BeforeAll
    static void makeCertificate() throws Exception {
        store = Tls.selfSigned(folder);
    }

    @Override
    EchoProgram start(Side server, Side client) throws Exception {
        Protocol protocol = Tls.over(new Http1(Delivery.STREAMING), SslProvider.JDK, store);
        return new NettyEcho(protocol, Transport.NIO, server, client);
    }
}
