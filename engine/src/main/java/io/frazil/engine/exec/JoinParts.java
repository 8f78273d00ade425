package io.frazil.engine.exec;

import io.frazil.engine.scan.Source;
import java.util.Optional;

/// What a join runs by.
///
/// @param build collects the right input
/// @param probe runs the left input over what was built
/// @param buildRows the build rows that come out once all of the left input went through: those
///   without a match (RIGHT, FULL, RIGHT_ANTI) or with one (RIGHT_SEMI); empty for other joins
public record JoinParts(Sink build, OperatorFactory probe, Optional<Source> buildRows) {}
