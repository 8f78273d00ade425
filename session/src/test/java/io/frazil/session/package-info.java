/// Proves sessions as a program uses them.
@NullMarked
package io.frazil.session;

import org.jspecify.annotations.NullMarked;
