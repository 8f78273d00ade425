/// Tests of the text package.
@NullMarked
package io.frazil.engine.text;

import org.jspecify.annotations.NullMarked;
