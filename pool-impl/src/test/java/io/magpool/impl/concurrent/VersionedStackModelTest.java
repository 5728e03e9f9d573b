/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.impl.ModelEffort;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stack over recycled nodes is linearizable; without the version in its head it is not, and that is found. */
@Tag("model")
class VersionedStackModelTest {

    private static final int NODES = 3;

    private static ModelCheckingOptions options() {
        return ModelEffort.options(20, 400)
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(3)
                .actorsAfter(2)
                .sequentialSpecification(OneAtATime.class);
    }

    @Test
    void theStackIsLinearizable() {
        options().check(Stack.class);
    }

    @Test
    void aStackWithoutVersionsIsFoundBroken() {
        assertThatThrownBy(() -> options().check(StackWithoutVersions.class))
                .isInstanceOf(LincheckAssertionError.class);
    }

    /** What a thread does with a stack: it takes a node into its hands, and gives back the one it took first. */
    interface Recycled {
        Node popNode();

        void pushNode(Node node);
    }

    /** The stack starts with all nodes in it. */
    public static final class Stack extends Recycling {
        private final NumberedTable<Node> table = new NumberedTable<>(NODES);

        public Stack() {
            VersionedStack<Node> stack = new VersionedStack<>(table);
            start(table, new Recycled() {
                @Override
                public Node popNode() {
                    return stack.pop();
                }

                @Override
                public void pushNode(Node node) {
                    stack.push(node);
                }
            });
        }
    }

    /** The same with the broken twin. */
    public static final class StackWithoutVersions extends Recycling {
        private final NumberedTable<Node> table = new NumberedTable<>(NODES);

        public StackWithoutVersions() {
            start(table, new UnversionedStack(table));
        }
    }

    /** The operations: pop, pop, push of the first is the way to ABA. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public abstract static class Recycling {
        private final ArrayDeque<Node>[] hands = new ArrayDeque[8];
        private Recycled stack;

        final void start(NumberedTable<Node> table, Recycled newStack) {
            stack = newStack;
            for (int i = 0; i < NODES; i++) {
                stack.pushNode(table.add(Node::new));
            }
            for (int i = 0; i < hands.length; i++) {
                hands[i] = new ArrayDeque<>();
            }
        }

        @Operation
        public int pop(@Param(gen = ThreadIdGen.class) int thread) {
            Node node = stack.popNode();
            if (node == null) {
                return -1;
            }
            hands[thread].add(node);
            return node.number();
        }

        @Operation
        public int push(@Param(gen = ThreadIdGen.class) int thread) {
            Node node = hands[thread].poll();
            if (node == null) {
                return -1;
            }
            stack.pushNode(node);
            return node.number();
        }
    }

    /** The broken twin: a head that is only the number. */
    static final class UnversionedStack implements Recycled {
        private final NumberedTable<Node> table;
        private final PaddedLong head = new PaddedLong();

        UnversionedStack(NumberedTable<Node> table) {
            this.table = table;
        }

        @Override
        public void pushNode(Node node) {
            long seen;
            do {
                seen = head.get();
                node.next = (int) seen - 1;
            } while (!head.cas(seen, node.number() + 1));
        }

        @Override
        public Node popNode() {
            while (true) {
                long seen = head.get();
                if (seen == 0) {
                    return null;
                }
                Node node = table.get((int) seen - 1);
                if (head.cas(seen, node.next + 1)) {
                    return node;
                }
            }
        }
    }

    /** The two operations, each as a whole. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static final class OneAtATime {
        private final ArrayDeque<Integer>[] hands = new ArrayDeque[8];
        private final Deque<Integer> stack = new ArrayDeque<>();

        public OneAtATime() {
            for (int i = 0; i < NODES; i++) {
                stack.push(i);
            }
            for (int i = 0; i < hands.length; i++) {
                hands[i] = new ArrayDeque<>();
            }
        }

        public int pop(int thread) {
            Integer top = stack.poll();
            if (top == null) {
                return -1;
            }
            hands[thread].add(top);
            return top;
        }

        public int push(int thread) {
            Integer first = hands[thread].poll();
            if (first == null) {
                return -1;
            }
            stack.push(first);
            return first;
        }
    }
}
