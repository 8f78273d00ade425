/// What functions ask of AWS: [FaultProxy] sees each request pass, knows whose it is, and does to
/// it what networks and busy services do.
@NullMarked
package io.frazil.localstack.traffic;

import org.jspecify.annotations.NullMarked;
