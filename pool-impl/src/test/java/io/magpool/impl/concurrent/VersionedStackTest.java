/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class VersionedStackTest {

    private final NumberedTable<Node> table = new NumberedTable<>(1000);

    private Node node() {
        return table.add(Node::new);
    }

    @Test
    void theLastInIsTheFirstOut() {
        VersionedStack<Node> stack = new VersionedStack<>(table);
        assertThat(stack.pop()).isNull();
        List<Node> nodes = List.of(node(), node(), node());
        nodes.forEach(stack::push);
        assertThat(stack.depth()).isEqualTo(3);
        assertThat(stack.sum(Node::number)).isEqualTo(3);
        assertThat(stack.pop()).isSameAs(nodes.get(2));
        stack.push(nodes.get(2));
        assertThat(stack.pop()).isSameAs(nodes.get(2));
        assertThat(stack.pop()).isSameAs(nodes.get(1));
        assertThat(stack.pop()).isSameAs(nodes.get(0));
        assertThat(stack.pop()).isNull();
        assertThat(stack.depth()).isZero();
        assertThat(stack.sum(Node::number)).isZero();
    }

    @Test
    void aNodeGoesFromStackToStack() {
        VersionedStack<Node> one = new VersionedStack<>(table);
        VersionedStack<Node> other = new VersionedStack<>(table);
        Node node = node();
        for (int i = 0; i < 10; i++) {
            one.push(node);
            other.push(one.pop());
            assertThat(one.depth()).isZero();
            assertThat(other.pop()).isSameAs(node);
        }
    }

    @Test
    void racingThreadsNeitherLoseNorDoubleANode() throws Exception {
        long seed = System.nanoTime();
        List<VersionedStack<Node>> stacks = List.of(new VersionedStack<>(table), new VersionedStack<>(table));
        for (int i = 0; i < 8; i++) {
            stacks.get(i % 2).push(node());
        }
        List<FutureTask<List<Node>>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            FutureTask<List<Node>> task = new FutureTask<>(() -> shuffle(stacks, random));
            tasks.add(task);
            Thread.ofPlatform().daemon().start(task);
        }
        BitSet seen = new BitSet();
        int count = 0;
        for (FutureTask<List<Node>> task : tasks) {
            for (Node node : task.get()) {
                seen.set(node.number());
                count++;
            }
        }
        for (VersionedStack<Node> stack : stacks) {
            assertThat(stack.depth()).as("seed %d", seed).isBetween(0, 8);
            for (Node node = stack.pop(); node != null; node = stack.pop()) {
                seen.set(node.number());
                count++;
            }
        }
        assertThat(count).as("nodes, seed %d", seed).isEqualTo(8);
        assertThat(seen.cardinality()).as("different nodes, seed %d", seed).isEqualTo(8);
    }

    private static List<Node> shuffle(List<VersionedStack<Node>> stacks, SplittableRandom random) {
        List<Node> held = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            VersionedStack<Node> stack = stacks.get(random.nextInt(2));
            if (held.isEmpty() || (held.size() < 3 && random.nextBoolean())) {
                Node node = stack.pop();
                if (node != null) {
                    held.add(node);
                }
            } else {
                stack.push(held.removeLast());
            }
        }
        return held;
    }

    @Test
    void theTableGrowsUpToItsLimit() {
        NumberedTable<Node> small = new NumberedTable<>(100);
        for (int i = 0; i < 100; i++) {
            assertThat(small.add(Node::new).number()).isEqualTo(i);
        }
        assertThat(small.add(Node::new)).isNull();
        for (int i = 0; i < 100; i++) {
            assertThat(small.get(i).number()).isEqualTo(i);
        }
        Node replacement = new Node(42);
        small.put(replacement);
        assertThat(small.get(42)).isSameAs(replacement);
        List<Integer> visited = new ArrayList<>();
        small.forEach(node -> visited.add(node.number()));
        assertThat(visited).hasSize(100).isSorted();
    }

    @Test
    void theTableTakesNumbersInAnyOrder() {
        NumberedTable<Node> sparse = new NumberedTable<>(1000);
        sparse.put(new Node(500));
        sparse.put(new Node(3));
        List<Integer> visited = new ArrayList<>();
        sparse.forEach(node -> visited.add(node.number()));
        assertThat(visited).containsExactly(3, 500);
    }
}
