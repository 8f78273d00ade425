/// Proves predictions by what must hold between them.
@NullMarked
package io.frazil.session.estimate;

import org.jspecify.annotations.NullMarked;
