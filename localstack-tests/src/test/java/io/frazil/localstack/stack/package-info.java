/// [LocalStack], started without Docker, its functions real JVMs under the real runtime interface
/// client; and moto's Glue beside it, which LocalStack hasn't.
@NullMarked
package io.frazil.localstack.stack;

import org.jspecify.annotations.NullMarked;
