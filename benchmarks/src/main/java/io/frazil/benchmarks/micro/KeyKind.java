package io.frazil.benchmarks.micro;

/// What rows are grouped, joined or hashed by.
public enum KeyKind {
  INT,
  LONG,
  TWO_LONGS,
  TEXT,
  DICTIONARY_TEXT
}
