/// Which files and which parts of them a scan reads. The doors are [PruningFilter] and
/// [SplitPlanner].
///
/// Pruning never decides: everything in here may leave out what cannot match, and nothing else.
@NullMarked
package io.frazil.iceberg.scan;

import org.jspecify.annotations.NullMarked;
