@NullMarked
package io.frazil.events.log;

import org.jspecify.annotations.NullMarked;
