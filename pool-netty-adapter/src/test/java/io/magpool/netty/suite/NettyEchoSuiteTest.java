/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.suite;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.CompositeBufferGatheringWriteTest;
import io.netty.testsuite.transport.socket.SocketEchoTest;
import io.netty.testsuite.transport.socket.SocketFileRegionTest;
import io.netty.testsuite.transport.socket.SocketFixedLengthEchoTest;
import io.netty.testsuite.transport.socket.SocketGatheringWriteTest;
import io.netty.testsuite.transport.socket.SocketObjectEchoTest;
import io.netty.testsuite.transport.socket.SocketSpdyEchoTest;
import io.netty.testsuite.transport.socket.SocketStringEchoTest;
import io.netty.testsuite.transport.socket.TrafficShapingHandlerTest;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Netty's own tests of bytes that go to and fro, over each transport that is there. */
@Timeout(120)
class NettyEchoSuiteTest {

    @RegisterExtension
    static final Bootstraps WITH = new Bootstraps();

    @Nested
    class Echo extends SocketEchoTest {
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
    class FixedLengthEcho extends SocketFixedLengthEchoTest {
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
    class StringEcho extends SocketStringEchoTest {
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
    class ObjectEcho extends SocketObjectEchoTest {
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
    class SpdyEcho extends SocketSpdyEchoTest {
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
    class GatheringWrite extends SocketGatheringWriteTest {
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
    class CompositeGatheringWrite extends CompositeBufferGatheringWriteTest {
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
    class FileRegion extends SocketFileRegionTest {
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
    class TrafficShaping extends TrafficShapingHandlerTest {
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
