package io.frazil.cli.remote;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.events.Problem;
import io.frazil.session.dispatch.ErrorMessages;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What came back: Frazil's answer, its problem, or what stands between said.
///
/// @param status as HTTP has it
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, HttpResponse<byte[]> response, byte[] body) {
  private static final Pattern MESSAGE =
      Pattern.compile(
          "\\{[^{}]*?\"[mM]essage\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\".*}", Pattern.DOTALL);
  private static final int SHOWN_CHARACTERS = 200;

  /// Lambda's errors, without what stands behind a colon.
  private static final Set<String> NOT_READY =
      Set.of(
          "SnapStartNotReadyException", "ResourceNotReadyException", "ResourceConflictException");

  static Reply of(HttpResponse<byte[]> response) {
    return new Reply(response.statusCode(), response, response.body());
  }

  boolean isGood() {
    return status / 100 == 2;
  }

  /// Whether the same request may succeed later. A 500 that Frazil did not say is API Gateway's of
  /// a function that crashed or ran out of time, Lambda's or S3's, of which another try knows
  /// nothing.
  boolean isTransient() {
    return switch (status) {
      case 429, 502, 503, 504 -> true;
      case 500 -> !isProblem();
      default -> false;
    };
  }

  /// Whether Lambda makes the function's version ready, which takes minutes: nothing ran.
  boolean isNotReady() {
    return header("x-amzn-errortype")
        .map(type -> type.split("[:,]", 2)[0])
        .filter(NOT_READY::contains)
        .isPresent();
  }

  private boolean isProblem() {
    return header("content-type").orElse("").startsWith("application/problem+json");
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /// @throws FrazilException as the reply says, where it is no answer or not of this kind
  <T> T as(Class<T> type) {
    if (!isGood()) {
      throw failure();
    }
    try {
      return Json.decode(body, type);
    } catch (MessageException e) {
      throw new FrazilException(
          ErrorCode.VERSION_MISMATCH,
          "This is not Frazil's answer, or that of another version: " + e.getMessage(),
          e);
    }
  }

  /// The error that this is.
  FrazilException failure() {
    return problem().map(Reply::failure).orElseGet(() -> new FrazilException(code(), between()));
  }

  private Optional<Problem> problem() {
    if (!isProblem()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.decode(body, Problem.class));
    } catch (MessageException e) {
      return Optional.empty();
    }
  }

  private static FrazilException failure(Problem problem) {
    boolean known =
        Arrays.stream(ErrorCode.values()).anyMatch(code -> code.name().equals(problem.code()));
    return known
        ? ErrorMessages.decode(
            new ErrorMessage(problem.code(), "", problem.detail(), problem.position()))
        : new FrazilException(code(problem.status()), problem.detail());
  }

  /// What API Gateway or a proxy says.
  private String between() {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    Matcher message = MESSAGE.matcher(text);
    String said = message.matches() ? message.group(1) : text.replaceAll("\\s+", " ");
    String shown =
        said.length() <= SHOWN_CHARACTERS ? said : said.substring(0, SHOWN_CHARACTERS) + "...";
    String hint =
        switch (isNotReady() ? 0 : status) {
          case 0 -> " (Lambda makes its version ready, which takes minutes: ask again then)";
          case 401, 403 -> " (are the credentials those of somebody who may use it?)";
          case 404 -> " (is this the endpoint of a Frazil?)";
          case 429 -> " (too many requests)";
          default -> "";
        };
    return "The endpoint answered %d: %s%s".formatted(status, shown, hint);
  }

  private ErrorCode code() {
    return isNotReady() ? ErrorCode.STORE_UNAVAILABLE : code(status);
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 401, 403 -> ErrorCode.PERMISSION_DENIED;
      case 404 -> ErrorCode.QUERY_NOT_FOUND;
      case 409 -> ErrorCode.CONFLICT;
      case 429 -> ErrorCode.STORE_UNAVAILABLE;
      default -> status >= 500 ? ErrorCode.STORE_UNAVAILABLE : ErrorCode.INVALID_ARGUMENT;
    };
  }
}
