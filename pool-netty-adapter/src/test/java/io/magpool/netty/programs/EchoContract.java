/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of every program: the bytes come back, and whatever happens, all buffers do. */
@Timeout(120)
abstract class EchoContract {

    private static final int[] SIZES = {1, 255, 16_385, 65_536, 1_000_003};
    private static final int LARGE = 10 << 20;
    private static final int CONNECTIONS = 4;
    private static final long LIMIT = 512L << 20;

    @RegisterExtension
    static final QuietLogs QUIET = new QuietLogs();

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    private Side server;
    private Side client;
    private EchoProgram program;

    /** Starts the server; or aborts the test where the platform lacks something. */
    abstract EchoProgram start(Side server, Side client) throws Exception;

    @BeforeEach
    void start() throws Exception {
        server = new Side("server", LIMIT);
        client = new Side("client", LIMIT);
        program = start(server, client);
    }

    @AfterEach
    void nothingIsOut() throws Exception {
        if (program != null) {
            // First while the program is running: what is released only when it ends, is held too long.
            server.awaitNothingOut();
            client.awaitNothingOut();
            program.close();
            server.awaitNothingOut();
            client.awaitNothingOut();
        }
        server.close();
        client.close();
    }

    @Test
    void bodiesOfAllSizesComeBack() throws Exception {
        try (EchoProgram.Client connection = program.connect(program.port())) {
            for (int size : SIZES) {
                assertEcho(connection, size);
            }
            assertEcho(connection, LARGE);
            assertEcho(connection, 1);
        }
        server.hasUsedItsPool();
        client.hasUsedItsPool();
    }

    @Test
    void severalConnectionsAtOnce() throws Exception {
        List<CompletableFuture<Void>> conversations = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int offset = i;
            CompletableFuture<Void> conversation = new CompletableFuture<>();
            conversations.add(conversation);
            Thread.ofPlatform().daemon().start(() -> converse(offset, conversation));
        }
        CompletableFuture.allOf(conversations.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    }

    /** All sizes, in an order of its own, and for one connection the large one too. */
    private void converse(int offset, CompletableFuture<Void> end) {
        try (EchoProgram.Client connection = program.connect(program.port())) {
            if (offset == 0) {
                assertEcho(connection, LARGE);
            }
            for (int i = 0; i < SIZES.length; i++) {
                assertEcho(connection, SIZES[(i + offset) % SIZES.length]);
            }
            end.complete(null);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"REQUEST,1,RESET", "REQUEST,20000,END", "REQUEST,500000,END", "REQUEST,500000,RESET", //
            "RESPONSE,1,END", "RESPONSE,20000,RESET", "RESPONSE,500000,END", "RESPONSE,500000,RESET"})
    void theOtherSideVanishes(CutLine.Direction direction, int bytes, CutLine.Break how) throws Exception {
        try (CutLine line = new CutLine(program.port(), direction, bytes, how);
                EchoProgram.Client connection = program.connect(line.port())) {
            CompletableFuture<byte[]> answer = connection.echo(body(2_000_000));
            line.awaitBreak();
            assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
        server.awaitNothingOut();
        try (EchoProgram.Client connection = program.connect(program.port())) {
            assertEcho(connection, 1000);
        }
    }

    private static void assertEcho(EchoProgram.Client connection, int size) throws Exception {
        byte[] body = body(size);
        byte[] answer = connection.echo(body).get(60, TimeUnit.SECONDS);
        assertThat(Arrays.mismatch(answer, body)).as("first difference in a body of %d bytes", size).isEqualTo(-1);
    }

    /** Bytes that no two places share for long, so that what lands in the wrong place is noticed. */
    static byte[] body(int size) {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        return body;
    }
}
