/// The one hash and the one equality of rows, for grouping, joins and exchanges alike. The doors
/// are [RowHash], [RowEquality] and, for keys that are numbers, [LongKeys]; [ExchangedRows] divides
/// what an exchange sends on.
///
/// Values, not encodings: a dictionary, a decimal's width or the machine change nothing. NaN equals
/// itself, -0.0 equals 0.0; whether null equals null is the caller's to say.
@NullMarked
package io.frazil.engine.hash;

import org.jspecify.annotations.NullMarked;
