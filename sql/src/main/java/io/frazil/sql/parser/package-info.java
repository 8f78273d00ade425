/// SQL text to statements and syntax trees. The doors are [StatementParser] and [Script].
///
/// The parser itself is generated from Calcite's grammar and `src/main/codegen`, whose productions
/// call the public classes here.
@NullMarked
package io.frazil.sql.parser;

import org.jspecify.annotations.NullMarked;
