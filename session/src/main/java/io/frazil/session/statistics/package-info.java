/// What a query did and how far it is. The doors are [QueryStatistics] and [QueryProgress].
@NullMarked
package io.frazil.session.statistics;

import org.jspecify.annotations.NullMarked;
