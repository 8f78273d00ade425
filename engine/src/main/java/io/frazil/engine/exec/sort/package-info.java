/// Sorting. The doors are [SortSink] and [TopNSink], which collect and order rows, and
/// [SortedSource], which gives them out in order; and [RowOrder], the one comparator.
///
/// Rows are ordered by numbers: eight bytes of a key at a time become a long whose order is the
/// key's ([OrderPrefix]), and those are sorted by radix with the row numbers next to them
/// ([RowSorter]).
@NullMarked
package io.frazil.engine.exec.sort;

import org.jspecify.annotations.NullMarked;
