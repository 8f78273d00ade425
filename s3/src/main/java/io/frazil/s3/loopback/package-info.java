/// A small S3 in memory for what runs before there is any other: priming a function before its
/// snapshot, and measuring how fast one starts. The door is [LoopbackS3].
@NullMarked
package io.frazil.s3.loopback;

import org.jspecify.annotations.NullMarked;
