/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

/**
 * What the slabs and depots of a pool hold.
 *
 * @param backedBytes memory behind chunks, in use or not
 * @param reclaimableBytes what could go back at once: memory of empty slabs, and pages that only free chunks cover
 * @param untouchedBytes the same without slabs whose chunks were wanted in this interval
 * @param depotBytes chunks in depots
 */
public record Holdings(long backedBytes, long reclaimableBytes, long untouchedBytes, long depotBytes) {}
