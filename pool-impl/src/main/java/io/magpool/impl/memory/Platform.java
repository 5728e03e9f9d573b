/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolConfig.Storage;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a pool asks of the machine.
 *
 * @param memory where memory comes from
 * @param barrier a barrier in all threads
 * @param cores on which core a thread runs
 */
public record Platform(Memory memory, Barrier barrier, Cores cores) {

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    /**
     * Chooses.
     *
     * @param kind what the configuration says
     * @param storage where the chunks shall be
     * @param slabBytes the size of a slab, which portable memory takes and gives
     * @return the best that works here
     * @throws MemoryRefusedException if Linux's own calls are demanded and cannot be had
     */
    public static Platform choose(MemoryKind kind, Storage storage, int slabBytes) {
        return choose(kind, storage, slabBytes, "unnamed", false, false);
    }

    /**
     * Chooses.
     *
     * @param config says what is wanted
     * @param slabBytes the size of a slab, which portable memory takes and gives
     * @return the best that works here
     * @throws MemoryRefusedException if Linux's own calls are demanded and cannot be had
     */
    public static Platform choose(PoolConfig config, int slabBytes) {
        return choose(
                config.memory(), config.storage(), slabBytes, config.name(), config.hugePages(), config.prefault());
    }

    private static Platform choose(
            MemoryKind kind, Storage storage, int slabBytes, String poolName, boolean hugePages, boolean prefault) {
        Platform offHeap = choose(kind, slabBytes, poolName, hugePages, prefault);
        return storage == Storage.HEAP ? new Platform(new HeapMemory(), offHeap.barrier, offHeap.cores) : offHeap;
    }

    private static Platform choose(
            MemoryKind kind, int slabBytes, String poolName, boolean hugePages, boolean prefault) {
        String obstacle = kind == MemoryKind.PORTABLE ? "it was not asked for" : obstacleToLinux();
        if (obstacle == null) {
            return new Platform(
                    new LinuxMemory(poolName, hugePages, prefault), new Membarrier(new HandshakeBarrier()),
                    Libc::currentCore);
        }
        if (kind == MemoryKind.LINUX) {
            throw new MemoryRefusedException("memory kind linux", obstacle);
        }
        if (kind == MemoryKind.AUTO && WARNED.compareAndSet(false, true)) {
            System.getLogger(Platform.class.getName())
                    .log(Level.WARNING, "portable memory, which cannot give single pages back: " + obstacle);
        }
        return new Platform(new PortableMemory(slabBytes), new HandshakeBarrier(), Platform::spreadByThread);
    }

    private static @Nullable String obstacleToLinux() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "not on Linux";
        }
        String architecture = System.getProperty("os.arch");
        if (!architecture.equals("amd64") && !architecture.equals("aarch64") && !architecture.equals("riscv64")) {
            return "the system's constants are not known for " + architecture;
        }
        Module module = Platform.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            String name = module.isNamed() ? module.getName() : "ALL-UNNAMED";
            return "native access is not enabled, add --enable-native-access=" + name;
        }
        int pageBytes = Libc.pageBytes();
        return pageBytes == 1 << Memory.PAGE_SHIFT ? null : "pages have " + pageBytes + " bytes";
    }

    private static int spreadByThread() {
        return (int) ((Thread.currentThread().threadId() * 0x9E3779B9L) >>> 16) & 0xFFFF;
    }
}
