/// What names and types mean to Calcite: catalogs, functions and types of the engine in the form
/// that its validator asks for, and its complaints in our words. The door is [Binder].
///
/// Nothing here decides a type or a signature: that is `io.frazil.engine`'s.
@NullMarked
package io.frazil.sql.bind;

import org.jspecify.annotations.NullMarked;
