/// Tests of pipelines and of how they are run.
@NullMarked
package io.frazil.engine.exec;

import org.jspecify.annotations.NullMarked;
