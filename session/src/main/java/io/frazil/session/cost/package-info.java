/// What queries cost. The doors are [Estimate], before, [Spending], meanwhile, and [Ledger],
/// afterwards; the prices are data with a date, `prices.json`.
@NullMarked
package io.frazil.session.cost;

import org.jspecify.annotations.NullMarked;
