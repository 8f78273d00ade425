/// From SQL text to [io.frazil.engine.plan.PhysicalPlan]: the only place where Calcite appears.
///
/// Knows catalogs as providers only; sessions, stores and AWS do not enter.
@NullMarked
package io.frazil.sql;

import org.jspecify.annotations.NullMarked;
