/// Tests of the planner, and the TPC-H catalog and functions that they share.
@NullMarked
package io.frazil.sql.optimize;

import org.jspecify.annotations.NullMarked;
