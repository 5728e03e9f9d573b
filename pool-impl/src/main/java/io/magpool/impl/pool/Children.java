/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.PoolConfig;
import io.magpool.impl.slab.Budget;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.SizeClasses;
import org.jspecify.annotations.Nullable;

/** Creates the children of a pool. Asks nothing of the system; if it throws, nothing has changed. */
final class Children {

    private Children() {}

    static BufferPool create(MagazinePool parent, String name, ChildLimits limits) {
        PoolConfig.builder().name(name); // throws if it is not valid
        if (!parent.isParent()) {
            throw new IllegalStateException("pool " + parent.name() + " is a child: a child has no children");
        }
        parent.life().checkOpen();
        MagazinePool child = enter(parent, parent.name() + "/" + name, limits);
        boolean complete = false;
        try {
            BufferPool shown = Facade.of(child);
            parent.life().checkOpen(); // who closes it closes the children that it sees
            complete = true;
            parent.family().limitChanged(); // a guarantee leaves less for the others
            return shown;
        } finally {
            if (!complete) {
                child.life().end();
            }
        }
    }

    private static MagazinePool enter(MagazinePool parent, String fullName, ChildLimits limits) {
        Family family = parent.family();
        if (family.isTaken(fullName)) {
            throw taken(fullName);
        }
        Charge charge = setAside(parent, limits);
        boolean entered = false;
        try {
            MagazinePool child = new MagazinePool(fullName, parent, charge);
            entered = family.add(child);
            if (!entered) {
                throw taken(fullName);
            }
            return child;
        } finally {
            if (!entered) {
                charge.end();
            }
        }
    }

    private static IllegalArgumentException taken(String fullName) {
        return new IllegalArgumentException("name is \"" + fullName + "\": must not be that of another open child");
    }

    private static Charge setAside(MagazinePool parent, ChildLimits limits) {
        Budget budget = parent.family().budget();
        Charge charge = trySetAside(budget, limits);
        if (charge == null) {
            charge = parent.reclaim().retry(() -> trySetAside(budget, limits), limits.guaranteedBytes());
        }
        if (charge == null && parent.withheld().relief().ask()) {
            charge = parent.reclaim().retry(() -> trySetAside(budget, limits), limits.guaranteedBytes());
        }
        if (charge == null) {
            throw parent.limit().refused(limits.guaranteedBytes(), SizeClasses.COUNT);
        }
        return charge;
    }

    /** Returns null if the guarantee fits, but not now. */
    private static @Nullable Charge trySetAside(Budget budget, ChildLimits limits) {
        long left = budget.limit() - budget.guaranteed();
        if (limits.guaranteedBytes() > left) {
            throw new IllegalArgumentException("guaranteedBytes is " + limits.guaranteedBytes() + ": must be at most "
                    + left + ", what the parent's limit of " + budget.limit() + " leaves beside "
                    + budget.guaranteed() + " guaranteed already");
        }
        return Charge.of(budget, Limit.ofChild(limits.maxBytes()), limits.guaranteedBytes());
    }
}
