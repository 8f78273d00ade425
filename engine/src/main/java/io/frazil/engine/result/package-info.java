/// Results on their way out. The door is [ResultEncoder]; [ResultFormat] lists the formats.
///
/// Encoders stream: what they hold does not grow with the result, save for a Parquet row group.
/// Values are formatted straight from vectors into one reused buffer.
@NullMarked
package io.frazil.engine.result;

import org.jspecify.annotations.NullMarked;
