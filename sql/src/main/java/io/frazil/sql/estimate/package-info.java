/// How many rows each node of a relational tree gives, from what tables say of themselves. The door
/// is [Estimator]; [Metadata] lets Calcite's rules ask it.
///
/// Numbers come with the text of what they rest on. Nothing here reads data or changes a plan.
@NullMarked
package io.frazil.sql.estimate;

import org.jspecify.annotations.NullMarked;
