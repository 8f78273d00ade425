/// Batches to and from Arrow. The doors are [ArrowBatchWriter] and [ArrowBatchReader] for IPC files
/// and streams, [ArrowImport] for vectors in memory, and [PartialWriter] and [PartialReader] for
/// what tasks hand to each other.
///
/// What is written, and partials that are read, go between our vectors and Arrow's format without
/// Arrow's library: a worker that starts for a query loads none of it but the format's generated
/// classes. Data of others is read by the library, into native memory: each reader has an allocator
/// of its own ([ArrowMemory]), which reserves what it allocates and is empty when it is closed.
@NullMarked
package io.frazil.engine.arrow;

import org.jspecify.annotations.NullMarked;
