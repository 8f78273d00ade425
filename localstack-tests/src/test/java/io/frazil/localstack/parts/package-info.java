/// The parts each by itself on LocalStack: our store on its S3, Iceberg tables there, Glue, single
/// functions.
@NullMarked
package io.frazil.localstack.parts;

import org.jspecify.annotations.NullMarked;
