/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;

/** What the events of a buffer have in common. */
@Category("Magpool")
@Enabled(false)
@SuppressWarnings("unused") // the flight recorder reads the fields
abstract class BufferEvent extends Event {

    @DataAmount
    @Label("Capacity")
    @Description("The capacity of the buffer")
    int size;

    @DataAmount
    @Label("Room")
    @Description("How far the capacity can grow before the buffer must move")
    int maxFastCapacity;

    @DataAmount
    @Label("Maximum Capacity")
    int maxCapacity;

    @Label("Direct")
    @Description("Whether the memory is outside the Java heap")
    boolean direct;

    @MemoryAddress
    @Label("Address")
    @Description("Where the memory of a direct buffer begins; 0 for a heap buffer")
    long address;

    final void describe(MagpoolByteBuf buf) {
        size = buf.capacity();
        maxFastCapacity = Math.min(buf.room(), buf.maxCapacity());
        maxCapacity = buf.maxCapacity();
        direct = buf.isDirect();
        address = direct ? buf.memory.address() : 0;
    }
}
