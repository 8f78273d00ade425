/// Queries on the whole: right, too many, too dear, unwanted, long.
@NullMarked
package io.frazil.localstack.queries;

import org.jspecify.annotations.NullMarked;
