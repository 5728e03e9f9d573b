/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that echoes bodies and its clients, over the loopback device, with each buffer watched by the leak detector.
 * Afterwards the pools must say that not one buffer is out.
 */
@ParameterizedClass
@EnumSource
@Tag("core")
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // who vanishes does not wait for what was written
class LoopbackTest {

    /** What is spoken. */
    enum Wire {
        HTTP_1(false, false),
        HTTP_1_TLS(false, true),
        HTTP_2(true, false),
        HTTP_2_TLS(true, true);

        private final boolean streams;
        private final boolean tls;

        Wire(boolean streams, boolean tls) {
            this.streams = streams;
            this.tls = tls;
        }
    }

    private static final int LARGEST = 10 << 20;
    private static final int VANISHING = 10;

    private static final String PASSWORD = "loopback";

    @Parameter
    Wire wire;

    @TempDir
    Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private MagpoolByteBufAllocator allocator;
    private EventLoopGroup threads;
    private Channel server;
    private SslContext serverTls;
    private SslContext clientTls;

    @BeforeEach
    void startServer() throws Exception {
        System.out.println("LoopbackTest seed: " + seed);
        allocator = TestAllocators.withLimit(512 * TestAllocators.MIB);
        if (wire.tls) {
            serverTls = SslContextBuilder.forServer(ownCertificate()).sslProvider(SslProvider.JDK).build();
            clientTls = SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .sslProvider(SslProvider.JDK).build();
        }
        threads = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        server = new ServerBootstrap().group(threads).channel(NioServerSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childHandler(setUp(this::serverSide))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).sync().channel();
    }

    /** By the JDK's own tool, since no library here makes certificates. */
    private KeyManagerFactory ownCertificate() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-keystore",
                store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        return keys;
    }

    @AfterEach
    void nothingIsStillInUse() throws Exception {
        server.close().sync();
        threads.shutdownGracefully(0, 10, SECONDS).sync();
        assertThat(TestAllocators.acquired(allocator)).isZero();
        assertThat(allocator.pool().statistics().acquires()).isPositive();
        allocator.close();
    }

    @Test
    void bodiesOfAllSizesComeBack() throws Exception {
        for (int size : new int[]{1, 100, 4096, 65_537, 1 << 20, LARGEST}) {
            byte[] body = randomBytes(size);
            assertThat(echoed(body)).as("%d bytes", size).isEqualTo(body);
        }
    }

    @Test
    void clientsThatVanishInTheMiddleLeaveNothingBehind() throws Exception {
        for (int client = 0; client < VANISHING; client++) {
            Channel connection = connect();
            Channel exchange = exchange(connection, new CompletableFuture<>());
            HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, LARGEST).set(HttpHeaderNames.HOST, "localhost");
            exchange.write(request);
            exchange.writeAndFlush(new DefaultHttpContent(bytesOf(exchange, randomBytes(random.nextInt(60_000) + 1))))
                    .sync();
            connection.close().sync();
        }
        for (int client = 0; client < VANISHING; client++) {
            Channel connection = connect();
            Channel exchange = exchange(connection, new CompletableFuture<>());
            exchange.writeAndFlush(request(exchange, randomBytes(random.nextInt(2 << 20) + 1)));
            exchange.config().setAutoRead(false);
            connection.close().sync();
        }
        byte[] body = randomBytes(1000);
        assertThat(echoed(body)).as("the server goes on").isEqualTo(body);
    }

    private byte[] echoed(byte[] body) throws Exception {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Channel connection = connect();
        Channel exchange = exchange(connection, answer);
        exchange.writeAndFlush(request(exchange, body)).sync();
        byte[] echo = answer.get(60, SECONDS);
        connection.close().sync();
        return echo;
    }

    private Channel connect() throws InterruptedException {
        return new Bootstrap().group(threads).channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.SO_LINGER, 0)
                .handler(setUp(this::clientSide))
                .connect(server.localAddress()).sync().channel();
    }

    private static FullHttpRequest request(Channel exchange, byte[] body) {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/",
                bytesOf(exchange, body));
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length).set(HttpHeaderNames.HOST, "localhost");
        return request;
    }

    private static ByteBuf bytesOf(Channel channel, byte[] body) {
        return channel.alloc().buffer(body.length).writeBytes(body);
    }

    private void serverSide(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (wire.tls) {
            pipeline.addLast(serverTls.newHandler(channel.alloc()));
        }
        if (wire.streams) {
            pipeline.addLast(Http2FrameCodecBuilder.forServer().build(), new Http2MultiplexHandler(setUp(stream -> {
                stream.config().setAllocator(allocator);
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true),
                        new HttpObjectAggregator(LARGEST), new Echo());
            })));
        } else {
            pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST), new Echo());
        }
    }

    private void clientSide(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (wire.tls) {
            pipeline.addLast(clientTls.newHandler(channel.alloc()));
        }
        if (wire.streams) {
            pipeline.addLast(Http2FrameCodecBuilder.forClient().build(),
                    new Http2MultiplexHandler(setUp(pushed -> {})));
        }
    }

    /** Where a request is written and its answer read: the connection, or a stream of its own. */
    private Channel exchange(Channel connection, CompletableFuture<byte[]> answer) throws Exception {
        if (wire.streams) {
            return new Http2StreamChannelBootstrap(connection).option(ChannelOption.ALLOCATOR, allocator)
                    .handler(setUp(stream -> stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false),
                            new HttpObjectAggregator(LARGEST), new Answer(answer))))
                    .open().sync().getNow();
        }
        connection.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST), new Answer(answer));
        return connection;
    }

    private byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private interface SetUp {
        void channel(Channel channel);
    }

    private static ChannelHandler setUp(SetUp setUp) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                setUp.channel(channel);
            }
        };
    }

    private static final class Echo extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            ByteBuf body = request.content().retain();
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            ctx.writeAndFlush(response);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable vanished) {
            ctx.close();
        }
    }

    private static final class Answer extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final CompletableFuture<byte[]> answer;

        Answer(CompletableFuture<byte[]> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
            answer.complete(ByteBufUtil.getBytes(response.content()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            answer.completeExceptionally(cause);
        }
    }
}
