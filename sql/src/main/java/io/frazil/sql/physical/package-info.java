/// Calcite's optimized tree becomes the engine's plan. The door is [PhysicalPlanner].
///
/// Here it is decided which side of a join is built, which subplans run once, and which build sides
/// filter which scans. No Calcite type leaves this package.
@NullMarked
package io.frazil.sql.physical;

import org.jspecify.annotations.NullMarked;
