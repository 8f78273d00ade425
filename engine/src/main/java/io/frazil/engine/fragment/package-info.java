/// What a worker gets and what becomes of it. The doors are [Fragment], [FragmentJson] and
/// [FragmentExecution].
///
/// Knows nothing of how fragments travel, nor of the stages and the query that they are part of.
@NullMarked
package io.frazil.engine.fragment;

import org.jspecify.annotations.NullMarked;
