/// Tests of grouping and aggregating against a model in plain Java.
@NullMarked
package io.frazil.engine.exec.aggregate;

import org.jspecify.annotations.NullMarked;
