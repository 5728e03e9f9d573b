/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** TLS by OpenSSL, where Netty's native library for it is on the class path. */
class OpenSslTest extends EchoContract {

    @TempDir
    static Path folder;
    private static Path store;

    @BeforeAll
    static void makeCertificate() throws Exception {
        assumeTrue(OpenSsl.isAvailable(), () -> "OpenSSL is not there: " + OpenSsl.unavailabilityCause());
        store = Tls.selfSigned(folder);
    }

    @Override
    EchoProgram start(Side server, Side client) throws Exception {
        Protocol protocol = Tls.over(new Http1(Delivery.STREAMING), SslProvider.OPENSSL, store);
        // Over epoll both the engine and the socket take a buffer by its address.
        Transport transport = Transport.EPOLL.isAvailable() ? Transport.EPOLL : Transport.NIO;
        return new NettyEcho(protocol, transport, server, client);
    }
}
