/// What functions say of what they do: a line of JSON each on standard output, which Lambda keeps.
/// The door is [FunctionLog].
///
/// No text of a statement or an error but at level DEBUG, no value of its parameters and no row
/// ever.
///
/// Levels are judged here and not by Lambda, which knows only a line's level: one that counts is
/// written whatever its level, as nothing is counted otherwise.
@NullMarked
package io.frazil.events.log;

import org.jspecify.annotations.NullMarked;
