/// The messages that cross a process boundary: records with one wire format, JSON by Jackson. A
/// plan travels in them as versioned JSON that only the engine decodes.
///
/// Knows nothing of the rest of Frazil.
@NullMarked
package io.frazil.events;

import org.jspecify.annotations.NullMarked;
