/// The repository's own template by AWS's own tools: as a [Template], which tests here look at, and
/// as a [Deployment] of the functions' built zips.
@NullMarked
package io.frazil.localstack.deployment;

import org.jspecify.annotations.NullMarked;
