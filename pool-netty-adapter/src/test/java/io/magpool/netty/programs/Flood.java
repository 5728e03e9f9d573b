/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.magpool.netty.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Clients that send as fast as the server takes it, all at once. Each withholds the last byte of its request, and reads nothing of its
 * answer, until the server has been short of memory.
 */
final class Flood {

    private final int port;
    private final int bodySize;
    private final BooleanSupplier isShort;
    private volatile boolean wasShort;

    Flood(int port, int bodySize, BooleanSupplier isShort) {
        this.port = port;
        this.bodySize = bodySize;
        this.isShort = isShort;
    }

    /** Returns how many clients got their whole answer. */
    int answered(int clients) throws Exception {
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            CompletableFuture<Boolean> answered = new CompletableFuture<>();
            Thread.ofPlatform().daemon().start(() -> talk(answered));
            all.add(answered);
        }
        int count = 0;
        for (CompletableFuture<Boolean> one : all) {
            count += one.get(60, TimeUnit.SECONDS) ? 1 : 0;
        }
        return count;
    }

    private void talk(CompletableFuture<Boolean> answered) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread sender = Thread.ofPlatform().daemon().start(() -> send(socket, answered));
            awaitShortage();
            answered.complete(drain(socket.getInputStream()) > bodySize);
            sender.join();
        } catch (IOException e) {
            answered.complete(false);
        } catch (Throwable e) {
            answered.completeExceptionally(e);
        }
    }

    private void send(Socket socket, CompletableFuture<Boolean> answered) {
        String head =
                "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + bodySize + "\r\n\r\n";
        try {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[bodySize - 1]);
            awaitShortage();
            out.write(0);
        } catch (IOException closed) {
            // The reader notices it too.
        } catch (Throwable e) {
            answered.completeExceptionally(e);
        }
    }

    private void awaitShortage() {
        Eventually.isTrue("the server is short of memory", () -> wasShort || isShort.getAsBoolean());
        wasShort = true;
    }

    private static long drain(InputStream in) throws IOException {
        byte[] bytes = new byte[65_536];
        long total = 0;
        for (int count = 0; count >= 0; count = in.read(bytes)) {
            total += count;
        }
        return total;
    }
}
