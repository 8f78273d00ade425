package io.frazil.events;

import org.jspecify.annotations.Nullable;

/// An error over HTTP, as RFC 9457 has it (`application/problem+json`), with the members of
/// [ErrorMessage] beside those of the standard.
///
/// @param type always `about:blank`: `code` tells problems apart
/// @param title what the status means
/// @param detail a sentence that stands alone
/// @param code stable: `TABLE_NOT_FOUND`
/// @param position where in the SQL text, if it is there
/// @param query the query that failed, if there is one
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    ErrorMessage.@Nullable Position position,
    @Nullable String query) {}
