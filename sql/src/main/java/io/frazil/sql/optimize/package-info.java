/// Rewrites of Calcite's relational tree that keep its rows and lower its cost. The door is
/// [Optimizer]; each rule of our own is a class that draws what it does.
@NullMarked
package io.frazil.sql.optimize;

import org.jspecify.annotations.NullMarked;
