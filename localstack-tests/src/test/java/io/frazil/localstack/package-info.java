/// The deployed whole against LocalStack, which [LocalStack] installs, starts and stops without
/// Docker: objects on its S3, functions as real JVMs under the real runtime interface client.
///
/// Nothing is skipped: where LocalStack cannot start, the tests fail and say why.
@NullMarked
package io.frazil.localstack;

import org.jspecify.annotations.NullMarked;
