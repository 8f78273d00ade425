/// What AWS is to a function, in the process's own memory and on the loopback interface, for what
/// runs before there is any other: priming a function before its snapshot, and measuring how fast
/// one starts. The doors are [LoopbackS3], behind TLS or not, [LoopbackCredentials], and
/// [LoopbackServer] for services that others make.
@NullMarked
package io.frazil.s3.loopback;

import org.jspecify.annotations.NullMarked;
