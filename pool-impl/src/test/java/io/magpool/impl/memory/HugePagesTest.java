/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.magpool.api.MemoryRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory is kept free of huge pages where the system uses them unasked, and nowhere else: they would fill what a purge leaves. */
class HugePagesTest {

    private static final long SLAB = 2L << 20;
    private static final String ALWAYS = "[always] madvise never\n";
    private static final String IF_ASKED = "always [madvise] never\n";
    private static final String NEVER = "always madvise [never]\n";

    @TempDir
    Path folder;

    private final List<Integer> advice = new ArrayList<>();

    @BeforeEach
    void assumeLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux")
                && Platform.class.getModule().isNativeAccessEnabled());
    }

    private Path setting(String content) throws IOException {
        return Files.writeString(folder.resolve("enabled"), content);
    }

    private List<Integer> adviceOnCommit(boolean hugePages, Path setting) {
        LinuxMemory memory = new LinuxMemory(
                "huge", hugePages, false, setting, (address, bytes, each) -> advice.add(each));
        AddressRange range = memory.reserve(SLAB, SLAB);
        memory.commit(range.address(), SLAB);
        memory.release(range);
        return advice;
    }

    @Test
    void whereTheSystemUsesThemUnaskedCommittedMemoryIsKeptFreeOfThem() throws IOException {
        assertThat(adviceOnCommit(false, setting(ALWAYS))).containsExactly(Libc.MADV_NOHUGEPAGE);
    }

    @Test
    void whereItDoesNotNothingIsAdvised() throws IOException {
        assertThat(adviceOnCommit(false, setting(IF_ASKED))).isEmpty();
        assertThat(adviceOnCommit(false, setting(NEVER))).isEmpty();
        assertThat(adviceOnCommit(false, folder.resolve("a kernel without them"))).isEmpty();
    }

    @Test
    void whoAsksForThemHasThemWhateverTheSystemDoesUnasked() throws IOException {
        assertThat(adviceOnCommit(true, setting(ALWAYS))).containsExactly(Libc.MADV_HUGEPAGE);
        assertThat(adviceOnCommit(true, setting(IF_ASKED))).containsExactly(Libc.MADV_HUGEPAGE, Libc.MADV_HUGEPAGE);
    }

    @Test
    void aKernelThatLacksTheHintIsNoReasonToFail() throws IOException {
        LinuxMemory memory = new LinuxMemory("huge", false, false, setting(ALWAYS), (address, bytes, each) -> {
            throw new MemoryRefusedException("madvise", "the test wants it");
        });
        AddressRange range = memory.reserve(SLAB, SLAB);
        memory.commit(range.address(), SLAB);
        range.segment().fill((byte) 1);
        memory.release(range);
    }

    @Test
    void theKernelKnowsOfIt() throws IOException {
        assertThat(flags(setting(ALWAYS))).contains("nh");
        assertThat(flags(setting(IF_ASKED))).doesNotContain("nh");
    }

    /** What the kernel says of a committed slab, in {@code /proc/self/smaps}. */
    private static List<String> flags(Path setting) throws IOException {
        LinuxMemory memory = new LinuxMemory("huge", false, false, setting, Libc::madvise);
        AddressRange range = memory.reserve(SLAB, SLAB);
        memory.commit(range.address(), SLAB);
        try {
            boolean ours = false;
            for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
                if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                    long start = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
                    long end = Long.parseUnsignedLong(line.substring(line.indexOf('-') + 1, line.indexOf(' ')), 16);
                    ours = start <= range.address() && range.address() < end;
                } else if (ours && line.startsWith("VmFlags:")) {
                    List<String> flags = List.of(line.substring("VmFlags:".length()).strip().split(" "));
                    assumeTrue(Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage")), "a kernel without them");
                    return flags;
                }
            }
            assumeTrue(false, "a kernel that does not tell");
            return List.of();
        } finally {
            memory.release(range);
        }
    }
}
