/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.suite;

import io.magpool.netty.Eventually;
import io.magpool.netty.MagpoolByteBufAllocator;
import io.magpool.netty.programs.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What Netty's suite of tests runs with: each transport that is there, and an allocator that must have everything back in the end. */
final class Bootstraps implements BeforeAllCallback, AfterAllCallback {

    private final Map<Transport, EventLoopGroup> servers = new EnumMap<>(Transport.class);
    private final Map<Transport, EventLoopGroup> clients = new EnumMap<>(Transport.class);
    private MagpoolByteBufAllocator allocator;
    private int depth; // nested classes begin and end between

    @Override
    public void beforeAll(ExtensionContext context) {
        if (depth++ == 0) {
            allocator = MagpoolByteBufAllocator.create();
            transports().forEach(transport -> {
                servers.put(transport, new MultiThreadIoEventLoopGroup(2, transport.ioHandler()));
                clients.put(transport, new MultiThreadIoEventLoopGroup(2, transport.ioHandler()));
            });
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        awaitNothingOut();
        if (--depth == 0) {
            servers.values().forEach(Bootstraps::end);
            clients.values().forEach(Bootstraps::end);
            allocator.close();
        }
    }

    private void awaitNothingOut() {
        Eventually.isTrue("everything is released",
                () -> allocator.pool().statistics().acquiredBytes() == 0
                        && allocator.heapPool().map(pool -> pool.statistics().acquiredBytes()).orElse(0L) == 0);
    }

    private static void end(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    static List<Transport> transports() {
        return Arrays.stream(Transport.values()).filter(Transport::isAvailable).toList();
    }

    List<ByteBufAllocator> allocators() {
        return List.of(allocator);
    }

    /** Those that a class of the suite runs over. */
    private static Stream<Transport> transportsOf(Object suite) {
        NotOver except = suite.getClass().getAnnotation(NotOver.class);
        return transports().stream().filter(transport -> except == null || transport != except.value());
    }

    /** A server and a client over each transport. */
    List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> pairs(Object suite) {
        return transportsOf(suite).<BootstrapComboFactory<ServerBootstrap, Bootstrap>>map(Pair::new).toList();
    }

    /** A server over each transport. */
    List<BootstrapFactory<ServerBootstrap>> servers(Object suite) {
        return transportsOf(suite).<BootstrapFactory<ServerBootstrap>>map(transport -> () -> server(transport))
                .toList();
    }

    /** A client over each transport. */
    List<BootstrapFactory<Bootstrap>> clients(Object suite) {
        return transportsOf(suite).<BootstrapFactory<Bootstrap>>map(transport -> () -> client(transport)).toList();
    }

    /** Two that exchange datagrams over each transport. */
    List<BootstrapComboFactory<Bootstrap, Bootstrap>> datagrams(Object suite) {
        return transportsOf(suite).<BootstrapComboFactory<Bootstrap, Bootstrap>>map(Datagrams::new).toList();
    }

    /** One end of the same. */
    List<BootstrapFactory<Bootstrap>> datagramClients(Object suite) {
        return transportsOf(suite)
                .<BootstrapFactory<Bootstrap>>map(transport -> new Datagrams(transport)::newClientInstance)
                .toList();
    }

    private ServerBootstrap server(Transport transport) {
        return new ServerBootstrap().group(servers.get(transport)).channel(transport.serverChannel());
    }

    private Bootstrap client(Transport transport) {
        return new Bootstrap().group(clients.get(transport)).channel(transport.channel());
    }

    private final class Pair implements BootstrapComboFactory<ServerBootstrap, Bootstrap> {

        private final Transport transport;

        Pair(Transport transport) {
            this.transport = transport;
        }

        @Override
        public ServerBootstrap newServerInstance() {
            return server(transport);
        }

        @Override
        public Bootstrap newClientInstance() {
            return client(transport);
        }
    }

    private final class Datagrams implements BootstrapComboFactory<Bootstrap, Bootstrap> {

        private final Transport transport;

        Datagrams(Transport transport) {
            this.transport = transport;
        }

        @Override
        public Bootstrap newServerInstance() {
            return new Bootstrap().group(servers.get(transport)).channel(transport.datagramChannel());
        }

        @Override
        public Bootstrap newClientInstance() {
            return new Bootstrap().group(clients.get(transport)).channel(transport.datagramChannel());
        }
    }
}
