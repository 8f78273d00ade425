/// Plans as data: the tree of [PhysicalPlan] that a query becomes, and the [Split]s that it reads.
///
/// Everything here is an immutable record with a JSON form. Nothing here knows an operator, a
/// catalog or SQL.
@NullMarked
package io.frazil.engine.plan;

import org.jspecify.annotations.NullMarked;
