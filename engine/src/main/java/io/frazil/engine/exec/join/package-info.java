/// Joins: one input is built into memory, the other streams past it. The doors are [JoinBuild] (the
/// sink of the right input's pipeline), [JoinProbe] (the operator on the left one's) and
/// [UnmatchedBuildRows] (the source of what the right input still owes, after all probing).
///
/// A build key becomes a number wherever it can be one ([PackedKeys]) and is then found in an array
/// ([DirectTable]) or by open addressing ([IntTable], [LongTable]); others are found by hash and
/// compared ([GeneralTable]); all drivers that are free fill the table together. A join without
/// keys finds every row ([EveryRow]), and so a nested loop join is the same join with another
/// table.
@NullMarked
package io.frazil.engine.exec.join;

import org.jspecify.annotations.NullMarked;
