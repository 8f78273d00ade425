/// From the tables that a plan scans to the shares that it reads. The door is [ScanInputs].
@NullMarked
package io.frazil.session.scan;

import org.jspecify.annotations.NullMarked;
