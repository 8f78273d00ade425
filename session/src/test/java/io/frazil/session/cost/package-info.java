/// Proves the ledger by recomputing it.
@NullMarked
package io.frazil.session.cost;

import org.jspecify.annotations.NullMarked;
