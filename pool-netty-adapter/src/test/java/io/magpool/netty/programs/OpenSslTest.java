/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** TLS by OpenSSL, where Netty's native library for it is on the class path. */
class OpenSslTest extends EchoContract {

    @TempDir
    Path folder;

    @Override
    EchoProgram start(Side server, Side client) throws Exception {
        assumeTrue(OpenSsl.isAvailable(), "OpenSSL's native library is not there");
        Protocol protocol = Tls.over(new Http1(Delivery.STREAMING), SslProvider.OPENSSL, Tls.selfSigned(folder));
        return new NettyEcho(protocol, Transport.NIO, server, client);
    }
}
