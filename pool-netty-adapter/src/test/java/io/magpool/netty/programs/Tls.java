/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Another protocol over TLS, with a certificate that was made for this test. */
record Tls(Protocol inner, SslContext server, SslContext client) implements Protocol {

    private static final String PASSWORD = "password";

    /** Writes a key and a certificate into {@code folder} with the JDK's keytool. */
    static Path selfSigned(Path folder) throws Exception {
        Path store = folder.resolve("localhost.p12");
        Process keytool =
                new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "localhost", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
                        "san=dns:localhost,ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore",
                        store.toString(),
                        "-storepass", PASSWORD)).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool failed: " + output);
        }
        return store;
    }

    static Tls over(Protocol inner, SslProvider provider, Path storeFile) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(storeFile)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return new Tls(inner, SslContextBuilder.forServer(keys).sslProvider(provider).build(),
                SslContextBuilder.forClient().trustManager(trust).sslProvider(provider).build());
    }

    @Override
    public void addServer(ChannelPipeline pipeline) {
        pipeline.addLast(server.newHandler(pipeline.channel().alloc()));
        inner.addServer(pipeline);
    }

    @Override
    public void addClient(ChannelPipeline pipeline) {
        pipeline.addLast(client.newHandler(pipeline.channel().alloc(), "localhost", 0));
        inner.addClient(pipeline);
    }

    @Override
    public CompletableFuture<byte[]> echo(Channel connection, byte[] body) {
        return inner.echo(connection, body);
    }
}
