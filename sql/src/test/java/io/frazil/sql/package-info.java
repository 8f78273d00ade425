/// Tests of the planner, and the TPC-H catalog and functions that they share.
@NullMarked
package io.frazil.sql;

import org.jspecify.annotations.NullMarked;
