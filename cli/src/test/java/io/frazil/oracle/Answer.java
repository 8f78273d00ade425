package io.frazil.oracle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows that an engine gave, as Java values.
public record Answer(List<String> columns, List<List<@Nullable Object>> rows) {}
