package io.frazil.session.journal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An object that tells of an attempt at a stored task, besides its report, by its name:
/// `<task>.<list>.begun`, `<task>.<list>.large.begun`, `<task>.<list>.<attempt>.failed`.
///
/// @param name in the folder of its stage's tasks
/// @param list which had it run
record AttemptObject(String name, int task, int list, int number, Kind kind) {
  private static final Pattern NAME =
      Pattern.compile(
          "([0-9]{1,9})\\.([0-9]{1,9})\\.(?:(begun)|(large\\.begun)|([0-9]{1,9})\\.failed)");

  enum Kind {
    BEGUN,
    BEGUN_LARGE,
    FAILED
  }

  static Optional<AttemptObject> of(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int task = Integer.parseInt(parts.group(1));
    int list = Integer.parseInt(parts.group(2));
    if (parts.group(5) != null) {
      int number = Integer.parseInt(parts.group(5));
      return Optional.of(new AttemptObject(name, task, list, number, Kind.FAILED));
    }
    Kind kind = parts.group(3) == null ? Kind.BEGUN_LARGE : Kind.BEGUN;
    return Optional.of(new AttemptObject(name, task, list, 0, kind));
  }

  static AttemptObject failed(int task, String name) {
    return new AttemptObject(name, task, 0, 0, Kind.FAILED);
  }
}
