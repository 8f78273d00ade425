package io.frazil.engine.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table as the query named it, fully qualified, and the snapshot it is read at.
///
/// @param name catalog, schema and table; or the location of loose files alone
public record TableReference(List<String> name, @Nullable Long snapshot) {
  public TableReference {
    name = List.copyOf(name);
  }

  @Override
  public String toString() {
    return String.join(".", name) + (snapshot == null ? "" : "@" + snapshot);
  }
}
