package io.frazil.engine.fragment;

import io.frazil.engine.arrow.PartialManifest;
import java.util.List;

/// What a task reads of one producer's partial: partition by partition, all that the manifest has.
public sealed interface PartialInput {
  PartialManifest manifest();

  /// Of an object in the store.
  record Stored(PartialManifest manifest) implements PartialInput {}

  /// Of the bytes themselves, which came with the producer's answer.
  @SuppressWarnings("ArrayRecordComponent") // Handed on once and never compared.
  record Inline(PartialManifest manifest, byte[] object) implements PartialInput {}

  /// The manifest of one partition alone, as its only one.
  static PartialManifest partition(PartialManifest manifest, int partition) {
    return new PartialManifest(
        manifest.location(),
        manifest.attempt(),
        manifest.bytes(),
        List.of(manifest.partitions().get(partition)));
  }
}
