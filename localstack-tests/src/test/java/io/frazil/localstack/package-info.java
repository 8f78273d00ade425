/// The deployed whole against LocalStack, room by room, each seeing those above it only:
///
/// | Room | What is in it |
/// |---|---|
/// | `process` | other programs, and waiting for them |
/// | `traffic` | requests on their way to AWS, seen and harmed |
/// | `stack` | LocalStack and its buckets, functions' JVMs, Glue |
/// | `deployment` | the template, and what is made of it |
/// | `data` | tables and queries' objects |
/// | `doors` | by which queries are asked |
/// | `whole` | all of it, for tests to share |
/// | `parts`, `queries`, `versions`, `faults`, `permissions` | tests |
///
/// Nothing is skipped: where LocalStack cannot start, the tests fail and say why.
@NullMarked
package io.frazil.localstack;

import org.jspecify.annotations.NullMarked;
