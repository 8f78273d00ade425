/// A deployed Frazil from the command line: over its HTTP API, or by invoking its coordinator. The
/// door is [Endpoint].
@NullMarked
package io.frazil.cli.remote;

import org.jspecify.annotations.NullMarked;
