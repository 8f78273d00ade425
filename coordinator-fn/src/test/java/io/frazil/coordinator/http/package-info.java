/// Tests of the HTTP door.
@NullMarked
package io.frazil.coordinator.http;

import org.jspecify.annotations.NullMarked;
