/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.Incident;
import io.magpool.api.PoolConfig;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Netty's tests on a pool that checks all acquisitions: nothing is different, and nothing is written after a release. */
class NettyCheckedByteBufTest extends NettyByteBufContract {

    private static final List<Incident> INCIDENTS = new CopyOnWriteArrayList<>();

    private static MagpoolByteBufAllocator checked;

    @BeforeAll
    static void createCheckedAllocator() {
        checked = MagpoolByteBufAllocator.create(PoolConfig.builder()
                .maxBytes(512 * TestAllocators.MIB)
                .safety(PoolConfig.Safety.CHECKED)
                .incidentListener(INCIDENTS::add)
                .build());
    }

    @AfterAll
    static void nothingIsOutAndNothingWasWrittenTooLate() {
        checked.close();
        assertThat(INCIDENTS).allMatch(incident -> incident.kind() == Incident.Kind.USE_AFTER_RELEASE);
    }

    NettyCheckedByteBufTest() {
        super(Kind.DIRECT, ByteOrder.BIG_ENDIAN);
    }

    @Override
    MagpoolByteBufAllocator allocator() {
        return checked;
    }
}
