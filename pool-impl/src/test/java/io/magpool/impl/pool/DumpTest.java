/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.DumpFormat;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.LeakDetection;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.SizeClassStatistics;
import io.magpool.api.TrimDepth;
import io.magpool.impl.insight.HtmlDump;
import io.magpool.impl.insight.PoolPicture;
import io.magpool.impl.insight.SlabPicture;
import io.magpool.impl.insight.Whereabouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The picture of a quiet pool shows what its statistics count. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class DumpTest extends PoolTest {

    private static final Pattern CLASS = Pattern.compile("\\{\"size\":(\\d+),\"chunks\":(\\d+),[^\\[]*\\[([^}]*)]}");
    private static final Pattern SLAB = Pattern.compile("\\[(\\d+),(\\d+),\"([a-z0-9]+)\",\"([a-z0-9]*)\"]");
    private static final Pattern RUN = Pattern.compile("([a-z])(\\d*)");

    @TempDir
    Path folder;

    private static Map<Character, Long> add(Map<Character, Long> sums, String runs) {
        Matcher run = RUN.matcher(runs);
        while (run.find()) {
            long count = run.group(2).isEmpty() ? 1 : Long.parseLong(run.group(2));
            sums.merge(run.group(1).charAt(0), count, Long::sum);
        }
        return sums;
    }

    @Test
    void noFormatIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> pool(MIB * 8).dump(nothing())).withMessage("format");
    }

    @SuppressWarnings("NullAway") // that is the mistake
    private static DumpFormat nothing() {
        return null;
    }

    /** Of what is on the page: for each class how many chunks are where, and under 0 how many pages. */
    private static Map<Integer, Map<Character, Long>> read(String page) {
        Map<Integer, Map<Character, Long>> found = new HashMap<>();
        Matcher kind = CLASS.matcher(page);
        while (kind.find()) {
            int size = Integer.parseInt(kind.group(1));
            Matcher slab = SLAB.matcher(kind.group(3));
            while (slab.find()) {
                Map<Character, Long> one = add(new HashMap<>(), slab.group(3));
                assertThat(one.values().stream().mapToLong(Long::longValue).sum())
                        .as("chunks of slab " + slab.group(1))
                        .isEqualTo(Long.parseLong(kind.group(2)));
                add(found.computeIfAbsent(size, any -> new HashMap<>()), slab.group(3));
                add(found.computeIfAbsent(0, any -> new HashMap<>()), slab.group(4));
            }
        }
        return found;
    }

    /** Survivors among holes, other threads' magazines, depots. */
    private List<PooledBuffer> history(BufferPool pool) throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        List<PooledBuffer> held = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            PooledBuffer buffer = pool.acquire(new int[]{200, 1000, 5000, 50_000}[random.nextInt(4)]);
            buffer.segment().fill((byte) 1);
            held.add(buffer);
        }
        onNewThread(() -> {
            pool.acquire(1000).release();
            return null;
        });
        List<PooledBuffer> survivors = new ArrayList<>();
        for (PooledBuffer buffer : held) {
            if (random.nextInt(10) == 0) {
                survivors.add(buffer);
            } else {
                buffer.release();
            }
        }
        pool.trim(TrimDepth.FULL);
        pool.acquire(1000).release();
        return survivors;
    }

    @Test
    void eachChunkIsWhereTheStatisticsCountIt() throws Exception {
        BufferPool pool = pool(variant.config().name("pictured").maxBytes(256 * MIB).arenas(2));
        List<PooledBuffer> held = history(pool);
        PoolStatistics now = pool.statistics();
        String page = pool.dump(DumpFormat.HTML);
        Map<Integer, Map<Character, Long>> seen = read(page);
        for (SizeClassStatistics c : now.sizeClasses()) {
            Map<Character, Long> chunks = seen.getOrDefault(c.chunkBytes(), Map.of());
            String what = "chunks of " + c.chunkBytes() + " bytes: " + c + " " + chunks;
            assertThat(chunks.getOrDefault('a', 0L)).as(what).isEqualTo(c.acquired());
            assertThat(chunks.getOrDefault('t', 0L)).as(what).isEqualTo(c.cachedInThreads());
            assertThat(chunks.getOrDefault('d', 0L)).as(what).isEqualTo(c.cachedInDepots());
            assertThat(chunks.getOrDefault('f', 0L)).as(what).isEqualTo(c.free());
            assertThat(chunks.getOrDefault('p', 0L)).as(what).isEqualTo(c.purged());
            assertThat(chunks).as(what).doesNotContainKeys('h', 'q', 'l');
        }
        Map<Character, Long> pages = seen.get(0);
        if (variant.isLinux()) {
            assertThat((pages.getOrDefault('r', 0L) + pages.getOrDefault('c', 0L)) * 4096)
                    .isEqualTo(now.backedBytes());
            assertThat(pages.getOrDefault('r', 0L) * 4096).isEqualTo(now.residentBytes().orElseThrow());
            assertThat(pages).doesNotContainKeys('x', 'u');
        } else if (variant.isHeap()) {
            assertThat(pages).isEmpty();
        } else {
            assertThat(pages.getOrDefault('u', 0L) * 4096).isEqualTo(now.backedBytes());
        }
        release(held);
    }

    @Test
    void whatIsQuarantinedIsSeen() {
        BufferPool pool = pool(variant.config().maxBytes(64 * MIB).safety(PoolConfig.Safety.CHECKED));
        PooledBuffer held = pool.acquire(1000);
        pool.acquire(1000).release();
        pool.acquire(1000).release();
        Map<Character, Long> chunks = read(pool.dump(DumpFormat.HTML)).get(1024);
        assertThat(chunks.get('q')).isEqualTo(2);
        assertThat(chunks.get('a')).isEqualTo(1);
        assertThat(pool.dump(DumpFormat.HTML)).contains("acquired by thread " + Thread.currentThread().getName());
        assertThat(pool.dump(DumpFormat.TEXT)).contains("out, by place of acquisition", "1 buffer, 1024 bytes");
        held.release();
    }

    @Test
    void aParentsPageDrawsTheSlabsOfItsChildrenToo() {
        BufferPool parent = pool(variant.config().name("family").maxBytes(64 * MIB).leakDetection(LeakDetection.ALL));
        BufferPool child = parent.child("kin", ChildLimits.none());
        PooledBuffer held = parent.acquire(1000);
        PooledBuffer ofChild = child.acquire(1000);
        PooledBuffer larger = child.acquire(16_000);
        String page = parent.dump(DumpFormat.HTML);
        Map<Integer, Map<Character, Long>> own = read(part(page, "family", "family/kin"));
        Map<Integer, Map<Character, Long>> kin = read(part(page, "family/kin", "Statistics"));
        assertThat(own.get(1024).get('a')).isEqualTo(1);
        assertThat(own).as("the child's own class").doesNotContainKey((int) larger.capacity());
        assertThat(kin.get(1024).get('a')).isEqualTo(1);
        assertThat(kin.get((int) larger.capacity()).get('a')).isEqualTo(1);
        assertThat(page).contains("of this pool and its children together", slabs(page) + " slabs");
        assertThat(page).as("the sum").contains("<span>acquired</span><b>18.0 KiB</b>");
        assertThat(page.substring(page.indexOf("place of acquisition</h2>")))
                .contains("pool family\n1 buffer, ", "pool family/kin\n1 buffer, ");
        assertThat(child.dump(DumpFormat.HTML)).doesNotContain("children together", "\"name\":\"family\"");
        release(List.of(held, ofChild, larger));
        child.close();
        assertThat(parent.dump(DumpFormat.HTML)).doesNotContain("children together");
    }

    private static String part(String page, String from, String to) {
        int start = page.indexOf("{\"name\":\"" + from + "\"");
        int end = page.indexOf("{\"name\":\"" + to + "\"");
        assertThat(start).as("pool %s on the page", from).isPositive();
        return page.substring(start, end < 0 ? page.length() : end);
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        BufferPool pool = pool(64 * MIB);
        PooledBuffer held = pool.acquire(1000);
        String page = pool.dump(DumpFormat.HTML);
        assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n").doesNotContain("{{", "}}");
        assertThat(page).doesNotContain("http:", "https:", "src=", "<link", "@import", "url(", "fetch(");
        assertThat(page).contains("default-src 'none'", pool.statistics().poolName(), "= carved");
        assertThat(page.lines().filter(line -> line.contains("waste inside"))).isNotEmpty();
        held.release();
    }

    @Test
    void aBrowserDrawsEachSlab() throws Exception {
        Path browser = assumeBrowser();
        BufferPool pool = pool(variant.config().maxBytes(256 * MIB).arenas(2));
        BufferPool child = pool.child("kin", ChildLimits.none());
        List<PooledBuffer> held = history(pool);
        held.add(child.acquire(1000));
        Path page = Files.writeString(folder.resolve("pool.html"), pool.dump(DumpFormat.HTML));
        release(held);
        assertThat(load(browser, page)).contains("data-rows=\"" + slabs(Files.readString(page)) + "\"")
                .contains("<canvas class=\"map\"", "<h2>Pool " + pool.statistics().poolName() + "/kin</h2>");
    }

    private Path assumeBrowser() {
        Path browser = browser();
        Assumptions.assumeTrue(browser != null, "no Chromium is installed");
        Assumptions.assumeTrue(variant == Variant.LINUX_ASYMMETRIC, "once is enough");
        return browser;
    }

    /** Of each canvas its height, and of its first and its last row the colours in the middle of each chunk, then of every 64th page. */
    private static final String READ_PIXELS = """
            <script>
            document.documentElement.dataset.pixels = [...document.querySelectorAll("canvas.map")].map(canvas => {
              const scale = canvas.height / canvas.clientHeight, rows = canvas.clientHeight / 15, found = [canvas.clientHeight];
              const read = (x, y) => found.push("#" + [...canvas.getContext("2d").getImageData(
                Math.floor(x * canvas.width), Math.floor(y * scale), 1, 1).data.slice(0, 3)]
                .map(part => part.toString(16).padStart(2, "0")).join(""));
              for (const row of [0, rows - 1]) {
                for (let chunk = 0; chunk < 32; chunk++) read((chunk + .5) / 32, row * 15 + 4.5);
                for (let page = 32; page < 512; page += 64) read(page / 512, row * 15 + 10.5);
              }
              return found.join(" ");
            }).join(";");
            </script>
            </body>""";

    /** A slab of 64 KiB chunks: each place in turn, and pages in runs of 64. */
    private static SlabPicture striped(int number, int shift) {
        Whereabouts[] all = Whereabouts.values();
        List<Whereabouts> chunks = IntStream.range(0, 32).mapToObj(place -> all[(place + shift) % all.length]).toList();
        BitSet charged = new BitSet();
        BitSet resident = new BitSet();
        for (int run = 0; run < 8; run++) {
            charged.set(run * 64, run * 64 + 64, (run + shift) % 4 < 2);
            resident.set(run * 64, run * 64 + 64, (run + shift) % 2 == 0);
        }
        return new SlabPicture(number, 0, 65_536, chunks, charged, resident);
    }

    private static List<String> expected(String page, int shift) {
        List<String> names = new ArrayList<>();
        String codes = "aqltdfph"; // in the order of the legend
        for (int place = 0; place < 32; place++) {
            names.add("" + codes.charAt((place + shift) % codes.length()));
        }
        for (int run = 0; run < 8; run++) {
            names.add(List.of("pr", "pc", "px", "pn").get((run + shift) % 4));
        }
        return names.stream().map(name -> {
            Matcher colour = Pattern.compile("--" + name + ": (#[0-9a-f]{6})").matcher(page);
            assertThat(colour.find()).isTrue();
            return colour.group(1);
        }).toList();
    }

    @Test
    void aBrowserDrawsEachChunkAndPageInItsColourAndNoCanvasThatIsTooTall() throws Exception {
        Path browser = assumeBrowser();
        List<SlabPicture> slabs = IntStream.range(0, 1_101).mapToObj(number -> striped(number, number % 7)).toList();
        PoolStatistics now = pool(64 * MIB).statistics();
        String page = HtmlDump.of(new PoolPicture(
                Instant.EPOCH, now, List.of(new PoolPicture.Part("striped", List.of(), List.of(), slabs))));
        Path file = Files.writeString(folder.resolve("striped.html"), page.replace("</body>", READ_PIXELS));
        Matcher pixels = Pattern.compile("data-pixels=\"([^\"]*)\"").matcher(load(browser, file));
        assertThat(pixels.find()).isTrue();
        String[] canvases = pixels.group(1).split(";");
        assertThat(canvases).hasSize(3);
        for (int i = 0; i < 3; i++) {
            List<String> seen = List.of(canvases[i].split(" "));
            int first = i * 500;
            int last = Math.min(first + 499, 1_100);
            assertThat(seen.getFirst()).as("height").isEqualTo("" + (last - first + 1) * 15);
            assertThat(seen.subList(1, 41)).as("slab %d", first).isEqualTo(expected(page, first % 7));
            assertThat(seen.subList(41, 81)).as("slab %d", last).isEqualTo(expected(page, last % 7));
        }
    }

    private static long slabs(String page) {
        return SLAB.matcher(page).results().count();
    }

    private static Path browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome").map(Path.of(path)::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Returns the document as it is when its script has run. */
    private String load(Path browser, Path page) throws IOException, InterruptedException {
        Path document = folder.resolve("document.html");
        Process process = new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
                .redirectOutput(document.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).as("the browser ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(document);
    }
}
