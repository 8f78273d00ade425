/// The HTTP function on a laptop: requests become API Gateway's events, its handler's answers
/// become responses. The door is [LocalServer].
@NullMarked
package io.frazil.cli.serve;

import org.jspecify.annotations.NullMarked;
