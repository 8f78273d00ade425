/// Tests of the S3 store against a server that says what it is told to: what LocalStack would only
/// say by accident.
@NullMarked
package io.frazil.s3;

import org.jspecify.annotations.NullMarked;
