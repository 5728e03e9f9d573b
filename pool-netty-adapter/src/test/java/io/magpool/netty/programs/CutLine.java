/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A line between a client and a server that breaks after a number of bytes in one direction. To the server the client
 * vanishes, to the client the server.
 */
final class CutLine implements AutoCloseable {

    /** In which direction bytes are counted. */
    enum Direction {
        REQUEST,
        RESPONSE
    }

    /** How the line breaks. */
    enum Break {
        /** By a close: an orderly end, unless something had come that was not passed on any more. */
        END,
        /** By a reset, which may overtake what was sent. */
        RESET
    }

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> ends = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final int serverPort;
    private final Direction counted;
    private final int limit;
    private final Break how;

    CutLine(int serverPort, Direction counted, int limit, Break how) throws IOException {
        this.serverPort = serverPort;
        this.counted = counted;
        this.limit = limit;
        this.how = how;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Waits until the number of bytes has come through. */
    void awaitBreak() throws Exception {
        broken.get(30, TimeUnit.SECONDS);
    }

    private void accept() {
        try (Socket client = listening.accept(); Socket server = new Socket(listening.getInetAddress(), serverPort)) {
            ends.add(client);
            ends.add(server);
            for (Socket end : ends) {
                end.setTcpNoDelay(true); // or small frames that the other side waits for, wait themselves
            }
            Thread requests = Thread.ofPlatform().daemon().start(() -> pass(client, server, Direction.REQUEST));
            pass(server, client, Direction.RESPONSE);
            requests.join();
        } catch (IOException | InterruptedException e) {
            broken.completeExceptionally(e);
        }
    }

    private void pass(Socket from, Socket to, Direction direction) {
        int left = direction == counted ? limit : Integer.MAX_VALUE;
        byte[] bytes = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (left > 0) {
                int count = in.read(bytes, 0, Math.min(bytes.length, left));
                if (count < 0) {
                    break;
                }
                out.write(bytes, 0, count);
                left -= count;
            }
            if (left == 0) {
                breakUp();
                broken.complete(null);
            }
            close();
        } catch (IOException e) {
            broken.completeExceptionally(new IOException("the line broke before " + left + " more bytes", e));
        }
    }

    private void breakUp() throws IOException {
        if (how == Break.RESET) {
            for (Socket end : ends) {
                end.setSoLinger(true, 0);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket end : ends) {
            end.close();
        }
    }
}
