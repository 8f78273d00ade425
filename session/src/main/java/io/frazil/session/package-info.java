/// The embeddable whole: sessions, the life of a query, its stages and their dispatch.
///
/// Neither AWS nor Lambda enter here.
@NullMarked
package io.frazil.session;

import org.jspecify.annotations.NullMarked;
