/// Calcite's scalar expressions as the engine's, and literals both ways. The door is
/// [ExpressionTranslator].
///
/// Casts are spelt out here wherever the engine's contracts ask for equal types.
@NullMarked
package io.frazil.sql.translate;

import org.jspecify.annotations.NullMarked;
