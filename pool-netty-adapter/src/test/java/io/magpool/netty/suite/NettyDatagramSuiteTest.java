/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.suite;

import io.magpool.netty.programs.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.DatagramConnectNotExistsTest;
import io.netty.testsuite.transport.socket.DatagramConnectedWriteExceptionTest;
import io.netty.testsuite.transport.socket.DatagramMulticastIPv6Test;
import io.netty.testsuite.transport.socket.DatagramMulticastTest;
import io.netty.testsuite.transport.socket.DatagramUnicastIPv6MappedTest;
import io.netty.testsuite.transport.socket.DatagramUnicastIPv6Test;
import io.netty.testsuite.transport.socket.DatagramUnicastInetTest;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Netty's own tests of datagrams, over each transport that is there. */
@Timeout(120)
class NettyDatagramSuiteTest {

    @RegisterExtension
    static final Bootstraps WITH = new Bootstraps();

    @Nested
    @NotOver(value = Transport.IO_URING,
            because = "io_uring keeps a buffer for an empty datagram until its event loop ends")
    class Unicast extends DatagramUnicastInetTest {
        @Override
        protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
            return WITH.datagrams(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }

    @Nested
    @NotOver(value = Transport.IO_URING,
            because = "io_uring keeps a buffer for an empty datagram until its event loop ends")
    class UnicastIPv6 extends DatagramUnicastIPv6Test {
        @Override
        protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
            return WITH.datagrams(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }

    @Nested
    @NotOver(value = Transport.IO_URING,
            because = "io_uring keeps a buffer for an empty datagram until its event loop ends")
    class UnicastIPv6Mapped extends DatagramUnicastIPv6MappedTest {
        @Override
        protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
            return WITH.datagrams(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }

    @Nested
    @NotOver(value = Transport.IO_URING,
            because = "setsockopt is refused (invalid argument), with Netty's pooled allocator too")
    class Multicast extends DatagramMulticastTest {
        @Override
        protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
            return WITH.datagrams(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }

    @Nested
    class MulticastIPv6 extends DatagramMulticastIPv6Test {
        @Override
        protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
            return WITH.datagrams(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }

    @Nested
    class ConnectNotExists extends DatagramConnectNotExistsTest {
        @Override
        protected List<BootstrapFactory<Bootstrap>> newFactories() {
            return WITH.datagramClients(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }

    @Nested
    @NotOver(value = Transport.EPOLL,
            because = "the error of a closed port is told to who reads, so that no write fails; the same with Netty's pooled allocator")
    class ConnectedWriteException extends DatagramConnectedWriteExceptionTest {
        @Override
        protected List<BootstrapFactory<Bootstrap>> newFactories() {
            return WITH.datagramClients(this);
        }

        @Override
        protected List<ByteBufAllocator> newAllocators() {
            return WITH.allocators();
        }
    }
}
