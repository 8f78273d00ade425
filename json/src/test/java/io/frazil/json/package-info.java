@NullMarked
package io.frazil.json;

import org.jspecify.annotations.NullMarked;
