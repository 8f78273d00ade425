/// Proves that the S3 of our own process is as good as one, and nobody else's.
@NullMarked
package io.frazil.s3.loopback;

import org.jspecify.annotations.NullMarked;
