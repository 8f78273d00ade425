/// Batches to and from Arrow. The doors are [ArrowExport] and [ArrowImport] for vectors in memory,
/// [ArrowBatchWriter] and [ArrowBatchReader] for IPC files and streams, and [PartialWriter] and
/// [PartialReader] for what tasks hand to each other.
///
/// Arrow's buffers are native memory: each user has an allocator of its own ([ArrowMemory]), which
/// reserves what it allocates and is empty when it is closed. Nothing beyond this package sees one,
/// save a caller who asks for a root.
@NullMarked
package io.frazil.engine.arrow;

import org.jspecify.annotations.NullMarked;
