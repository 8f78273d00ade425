/// Counts what attempts left.
@NullMarked
package io.frazil.session.journal;

import org.jspecify.annotations.NullMarked;
