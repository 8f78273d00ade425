/// Tests of the definition of the state machine.
@NullMarked
package io.frazil.coordinator.durable;

import org.jspecify.annotations.NullMarked;
