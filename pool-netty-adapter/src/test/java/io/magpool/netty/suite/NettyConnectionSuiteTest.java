/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.suite;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.SocketAutoReadTest;
import io.netty.testsuite.transport.socket.SocketBufReleaseTest;
import io.netty.testsuite.transport.socket.SocketChannelNotYetConnectedTest;
import io.netty.testsuite.transport.socket.SocketConditionalWritabilityTest;
import io.netty.testsuite.transport.socket.SocketConnectTest;
import io.netty.testsuite.transport.socket.SocketConnectionAttemptTest;
import io.netty.testsuite.transport.socket.SocketDataReadInitialStateTest;
import io.netty.testsuite.transport.socket.SocketExceptionHandlingTest;
import io.netty.testsuite.transport.socket.SocketMultipleConnectTest;
import io.netty.testsuite.transport.socket.SocketReadPendingTest;
import io.netty.testsuite.transport.socket.WriteBeforeRegisteredTest;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Netty's own tests of how connections begin, read and write, over each transport that is there. */
@Timeout(120)
class NettyConnectionSuiteTest {

    @RegisterExtension
    static final Bootstraps WITH = new Bootstraps();

    @Nested
    class Connect extends SocketConnectTest {
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
    class MultipleConnect extends SocketMultipleConnectTest {
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
    class ConnectionAttempt extends SocketConnectionAttemptTest {
        @Override
        protected List<BootstrapFactory<Bootstrap>> newFactories() {
            return WITH.clients(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }

        @Test
        @Override
        @Disabled("connects to an address that must not answer: some networks answer for it")
        public void testConnectCancellation(TestInfo info) {}
    }

    @Nested
    class NotYetConnected extends SocketChannelNotYetConnectedTest {
        @Override
        protected List<BootstrapFactory<Bootstrap>> newFactories() {
            return WITH.clients(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }

        @Test
        @Override
        @Disabled("waits for seconds on an address that does not answer, and reads nothing")
        public void readMustBePendingUntilChannelIsActive(TestInfo info) {}
    }

    @Nested
    class BufRelease extends SocketBufReleaseTest {
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
    class AutoRead extends SocketAutoReadTest {
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
    class ReadPending extends SocketReadPendingTest {
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
    class ExceptionHandling extends SocketExceptionHandlingTest {
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
    class ConditionalWritability extends SocketConditionalWritabilityTest {
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
    class DataReadInitialState extends SocketDataReadInitialStateTest {
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
    class WriteBeforeRegistered extends WriteBeforeRegisteredTest {
        @Override
        protected List<BootstrapFactory<Bootstrap>> newFactories() {
            return WITH.clients(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }
}
