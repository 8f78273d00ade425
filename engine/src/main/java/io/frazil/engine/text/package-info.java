/// SQL's text forms of values. The doors are [TextBuffer], which appends them to bytes, and
/// [ValueText], which picks the one that a vector's type has.
///
/// Results in every format and CAST to VARCHAR write values this way, so that they agree:
///
/// - BOOLEAN: `true`, `false`
/// - integers: `-42`
/// - DECIMAL: all digits of the scale, `-0.50`
/// - REAL, DOUBLE: the fewest digits that read back as the same value, `0.1`, `100.0`; with an
///   exponent below 0.001 and from 10^16 on, `1.5e-7`, `1e16`; `NaN`, `Infinity`, `-Infinity`
/// - DATE: `2024-01-31`; years beyond four digits with their sign, as in ISO 8601
/// - TIMESTAMP: `2024-01-31 12:34:56.789`, the fraction as long as it has to be and left out where
///   it is zero; with time zone in UTC, `2024-01-31 12:34:56+00`
@NullMarked
package io.frazil.engine.text;

import org.jspecify.annotations.NullMarked;
