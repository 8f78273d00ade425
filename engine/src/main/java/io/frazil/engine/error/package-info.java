/// The one exception family. The door is [FrazilException]; what may go wrong is listed in
/// [ErrorCode], whose names are stable and cross the wire.
///
/// Nothing here may know SQL, a file format or a store.
@NullMarked
package io.frazil.engine.error;

import org.jspecify.annotations.NullMarked;
