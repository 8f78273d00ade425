/// Proves the form of fragments and how they run.
@NullMarked
package io.frazil.engine.fragment;

import org.jspecify.annotations.NullMarked;
