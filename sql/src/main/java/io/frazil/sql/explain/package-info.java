/// Plans as text, for people. The door is [PlanText].
@NullMarked
package io.frazil.sql.explain;

import org.jspecify.annotations.NullMarked;
