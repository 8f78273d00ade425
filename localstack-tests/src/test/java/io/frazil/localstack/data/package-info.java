/// What lies on S3: the tables of a [Lake] and, as they are, the objects of queries.
@NullMarked
package io.frazil.localstack.data;

import org.jspecify.annotations.NullMarked;
