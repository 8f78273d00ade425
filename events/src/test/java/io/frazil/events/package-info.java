/// Proves the wire format, by the sample payloads too.
@NullMarked
package io.frazil.events;

import org.jspecify.annotations.NullMarked;
