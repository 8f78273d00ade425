/// Attempts under a time that the tests make up.
@NullMarked
package io.frazil.session.attempt;

import org.jspecify.annotations.NullMarked;
