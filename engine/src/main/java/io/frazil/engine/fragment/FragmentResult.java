package io.frazil.engine.fragment;

import io.frazil.engine.arrow.PartialManifest;
import org.jspecify.annotations.Nullable;

/// What became of an attempt that succeeded.
///
/// @param partial the one that counts, perhaps another attempt's
/// @param inline the partial itself where it is small and lies in no store
@SuppressWarnings("ArrayRecordComponent") // Handed on once and never compared.
public record FragmentResult(PartialManifest partial, byte @Nullable [] inline) {}
