/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.suite;

import io.magpool.netty.ToldAnew;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketSslEchoTest;
import io.netty.testsuite.transport.socket.SocketSslGreetingTest;
import io.netty.testsuite.transport.socket.SocketSslSessionReuseTest;
import io.netty.testsuite.transport.socket.SocketStartTlsTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Netty's own tests of connections over TLS, by the JDK and by OpenSSL where it is there, over each transport that is there. */
@Timeout(240)
class NettyTlsSuiteTest {

    private static final int STEP = 7; // has no factor in common with what the parameters repeat by

    @RegisterExtension
    static final Bootstraps WITH = new Bootstraps();

    @Nested
    class Echo extends SocketSslEchoTest {
        @Override
        protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
            return WITH.pairs(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }

        static List<Object[]> some() throws Exception {
            List<Object[]> all = new ArrayList<>(data());
            return IntStream.range(0, all.size() / STEP).mapToObj(i -> all.get(i * STEP)).toList();
        }

        @ToldAnew("with each seventh of its combinations: all together take too long")
        @ParameterizedTest
        @MethodSource("some")
        @Override
        public void testSslEcho(SslContext server, SslContext client, Renegotiation renegotiation, boolean delegated,
                boolean autoRead, boolean chunked, boolean composite, boolean executor, TestInfo info)
                throws Throwable {
            super.testSslEcho(server, client, renegotiation, delegated, autoRead, chunked, composite, executor, info);
        }
    }

    @Nested
    class Greeting extends SocketSslGreetingTest {
        @Override
        protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
            return WITH.pairs(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }

    @Nested
    class SessionReuse extends SocketSslSessionReuseTest {
        @Override
        protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
            return WITH.pairs(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }

    @Nested
    class StartTls extends SocketStartTlsTest {
        @Override
        protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
            return WITH.pairs(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }
}
