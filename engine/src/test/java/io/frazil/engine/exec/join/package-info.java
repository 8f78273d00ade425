/// Tests of joins against a model in plain Java.
@NullMarked
package io.frazil.engine.exec.join;

import org.jspecify.annotations.NullMarked;
