/// Where rows move between tasks: exchanges in a plan, which then still runs on one node. The door
/// is [Distribute]. Knows the engine's plans only.
@NullMarked
package io.frazil.sql.distribute;

import org.jspecify.annotations.NullMarked;
