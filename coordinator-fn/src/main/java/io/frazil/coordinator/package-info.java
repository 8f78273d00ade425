/// The coordinator function: decodes a request, has a session run it, encodes the answer.
@NullMarked
package io.frazil.coordinator;

import org.jspecify.annotations.NullMarked;
