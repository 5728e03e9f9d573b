/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.ReplayingDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A decoder that begins again when more has arrived reads from a buffer that cannot be unwrapped. */
@Tag("core")
@ParameterizedClass
@EnumSource
class ReplayingDecoderTest {

    private static final byte[] FRAME = "\5Hello".getBytes(StandardCharsets.US_ASCII);

    @Parameter
    Kind kind;

    @RegisterExtension
    final OpenAllocator allocators = new OpenAllocator(16 * TestAllocators.MIB);

    @Test
    void aFrameThatArrivesByteByByteIsCopiedOnceItIsWhole() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocators.get());
        channel.pipeline().addLast(new Frames());
        for (byte next : FRAME) {
            assertThat(channel.<ByteBuf>readInbound()).isNull();
            channel.writeInbound(buffer(1).writeByte(next));
        }
        ByteBuf frame = channel.readInbound();
        assertThat(frame.toString(StandardCharsets.US_ASCII)).isEqualTo("Hello");
        frame.release();
        assertThat(channel.finish()).isFalse();
        assertThat(TestAllocators.acquired(allocators.get())).isZero();
    }

    private ByteBuf buffer(int capacity) {
        return kind.buffer(allocators.get(), capacity);
    }

    private final class Frames extends ReplayingDecoder<Void> {

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            int length = in.readByte();
            ByteBuf frame = buffer(length);
            try {
                out.add(frame.writeBytes(in, length).retain());
            } finally {
                frame.release(); // also of one that the decoder will begin again
            }
        }
    }
}
