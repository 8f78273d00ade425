/// Proves the coordinator function by its messages.
@NullMarked
package io.frazil.coordinator;

import org.jspecify.annotations.NullMarked;
