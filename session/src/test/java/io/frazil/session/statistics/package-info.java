/// How what stages counted is put together.
@NullMarked
package io.frazil.session.statistics;

import org.jspecify.annotations.NullMarked;
