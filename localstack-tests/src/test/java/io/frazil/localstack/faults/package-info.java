/// What can happen to a query: a [Scenario] is a [Harm] done at some moment of a query that came by
/// some door. The test command runs a selection, `localstack-tests/faults` all.
@NullMarked
package io.frazil.localstack.faults;

import org.jspecify.annotations.NullMarked;
