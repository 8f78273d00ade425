/// The HTTP door: API Gateway's events in, its answers out. The door is [HttpDoor].
@NullMarked
package io.frazil.coordinator.http;

import org.jspecify.annotations.NullMarked;
