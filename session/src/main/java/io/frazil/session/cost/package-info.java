/// What queries cost. The doors are [Ledger] and [PriceTable]; the prices themselves are data,
/// `prices.json`, with their date.
@NullMarked
package io.frazil.session.cost;

import org.jspecify.annotations.NullMarked;
