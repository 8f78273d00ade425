/// What functions say of what they do: a line of JSON each on standard output, which Lambda keeps.
/// The door is [FunctionLog].
///
/// No text of a statement but at level DEBUG, no value of its parameters and no row ever.
@NullMarked
package io.frazil.events.log;

import org.jspecify.annotations.NullMarked;
