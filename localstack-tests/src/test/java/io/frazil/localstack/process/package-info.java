/// Other programs, among them those of the virtual environment that LocalStack is installed into:
/// they end in time, and with this process.
@NullMarked
package io.frazil.localstack.process;

import org.jspecify.annotations.NullMarked;
