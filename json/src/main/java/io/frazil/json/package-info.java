/// Records as JSON and back, over Jackson's streaming parser alone.
///
/// What crosses a process boundary is a tree of records, sealed interfaces, enums, lists and maps,
/// and a [JsonCodec] knows it by their declarations: no annotations name members twice, and nothing
/// is read that no record asks for. A mapper for any class (jackson-databind) loads 500 classes for
/// it, a fifth of a fresh worker's time to its first answer; decision 0037 has the measurements.
@NullMarked
package io.frazil.json;

import org.jspecify.annotations.NullMarked;
