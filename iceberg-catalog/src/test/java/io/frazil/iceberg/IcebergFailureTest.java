package io.frazil.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchWarehouseException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class IcebergFailureTest {
  private static final RESTException CUT =
      new RESTException(
          new ConnectException("Connection reset"), "Error occurred while processing POST request");
  private static final FrazilException FULL =
      new FrazilException(ErrorCode.DISK_FULL, "The disk is full");

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new NoSuchTableException("t"), ErrorCode.TABLE_NOT_FOUND),
        Arguments.of(new NoSuchNamespaceException("s"), ErrorCode.SCHEMA_NOT_FOUND),
        Arguments.of(new NoSuchWarehouseException("w"), ErrorCode.INVALID_ARGUMENT),
        Arguments.of(new AlreadyExistsException("t"), ErrorCode.ALREADY_EXISTS),
        Arguments.of(new NamespaceNotEmptyException("s"), ErrorCode.CONFLICT),
        Arguments.of(new CommitFailedException("c"), ErrorCode.CONFLICT),
        Arguments.of(new NotFoundException("f"), ErrorCode.FILE_NOT_FOUND),
        Arguments.of(new ValidationException("v"), ErrorCode.INVALID_ARGUMENT),
        Arguments.of(new BadRequestException("400"), ErrorCode.INVALID_ARGUMENT),
        Arguments.of(new NotAuthorizedException("401"), ErrorCode.PERMISSION_DENIED),
        Arguments.of(new ForbiddenException("403"), ErrorCode.PERMISSION_DENIED),
        Arguments.of(new RESTException("429"), ErrorCode.STORE_UNAVAILABLE),
        Arguments.of(new ServiceFailureException("500"), ErrorCode.STORE_UNAVAILABLE),
        Arguments.of(new ServiceUnavailableException("503"), ErrorCode.STORE_UNAVAILABLE),
        Arguments.of(new CommitStateUnknownException(CUT), ErrorCode.STORE_UNAVAILABLE),
        Arguments.of(CUT, ErrorCode.STORE_UNAVAILABLE),
        Arguments.of(SdkClientException.create("no route"), ErrorCode.STORE_UNAVAILABLE),
        Arguments.of(new IllegalStateException("?"), ErrorCode.INTERNAL));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void eachFailureHasItsCode(RuntimeException failure, ErrorCode code) {
    FrazilException told = IcebergFailure.of(failure);
    assertThat(told.code()).isEqualTo(code);
    assertThat(told).hasMessageStartingWith(String.valueOf(failure.getMessage())).hasCause(failure);
  }

  /// What Glue says, mostly by the same status, and what services say that have no word.
  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException, 400, PERMISSION_DENIED",
    "AccessDenied, 403, PERMISSION_DENIED",
    "UnrecognizedClientException, 400, PERMISSION_DENIED",
    "InvalidSignatureException, 400, PERMISSION_DENIED",
    "ThrottlingException, 400, STORE_UNAVAILABLE",
    "TooManyRequestsException, 429, STORE_UNAVAILABLE",
    "ExpiredTokenException, 400, STORE_UNAVAILABLE",
    "ExpiredToken, 403, STORE_UNAVAILABLE",
    "OperationTimeoutException, 400, STORE_UNAVAILABLE",
    "InternalServiceException, 500, STORE_UNAVAILABLE",
    "EntityNotFoundException, 400, SCHEMA_NOT_FOUND",
    "AlreadyExistsException, 400, ALREADY_EXISTS",
    "ConcurrentModificationException, 400, CONFLICT",
    "InvalidInputException, 400, INVALID_ARGUMENT",
    "ResourceNumberLimitExceededException, 400, INVALID_ARGUMENT",
    ", 400, INVALID_ARGUMENT",
    ", 401, PERMISSION_DENIED",
    ", 403, PERMISSION_DENIED",
    ", 429, STORE_UNAVAILABLE",
    ", 503, STORE_UNAVAILABLE",
    ", 0, STORE_UNAVAILABLE"
  })
  void whatAnAwsServiceRefusesIsToldApartByItsWordForIt(
      String word, int status, ErrorCode expected) {
    AwsServiceException failure =
        AwsServiceException.builder()
            .message("no")
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(word).build())
            .build();
    assertThat(IcebergFailure.of(failure).code()).isEqualTo(expected);
  }

  @Test
  void anAwsServiceThatSaysNothingIsUnderstoodByItsStatus() {
    assertThat(
            IcebergFailure.of(AwsServiceException.builder().message("no").statusCode(403).build())
                .code())
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
  }

  @Test
  void aFailureOfOursIsItselfAgain() {
    assertThat(IcebergFailure.of(new NotFoundException(FULL, "no file"))).isSameAs(FULL);
  }

  @Test
  void whatBrokeARequestOffIsTold() {
    assertThat(IcebergFailure.of(CUT))
        .hasMessage("Error occurred while processing POST request: Connection reset");
  }

  @Test
  void commitsThatWereRefusedAreClean() {
    assertThat(
            Stream.of(
                new CommitFailedException("c"),
                new ForbiddenException("403"),
                new NotAuthorizedException("401"),
                new BadRequestException("400"),
                FULL,
                new NotFoundException(FULL, "no file")))
        .allSatisfy(failure -> {
          assertThat(IcebergFailure.isClean(failure)).isTrue();
          assertThat(IcebergFailure.ofCommit(failure))
              .hasMessage(IcebergFailure.of(failure).getMessage());
        });
  }

  @Test
  void ofAllOthersItIsSaidThatTheyMayHaveHappened() {
    assertThat(
            Stream.of(
                CUT,
                new CommitStateUnknownException(CUT),
                new CommitStateUnknownException(FULL),
                new RESTException("429"),
                new ServiceFailureException("500"),
                new IllegalStateException("?"),
                SdkClientException.create("no answer")))
        .allSatisfy(failure -> {
          assertThat(IcebergFailure.isClean(failure)).isFalse();
          FrazilException told = IcebergFailure.ofCommit(failure);
          assertThat(told.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
          assertThat(told)
              .hasMessageStartingWith(
                  "It is not known whether the commit happened, look whether the statement took"
                      + " effect before sending it again: ");
        });
    assertThat(IcebergFailure.ofCommit(new CommitStateUnknownException(FULL)))
        .hasMessageEndingWith("again: The disk is full");
  }

  /// Which may be the answer to a creation that was sent twice.
  @Test
  void aTableThatIsThereAlreadyIsToldAndItsFilesStay() {
    var failure = new AlreadyExistsException("Table already exists: t");
    assertThat(IcebergFailure.isClean(failure)).isFalse();
    FrazilException told = IcebergFailure.ofCommit(failure);
    assertThat(told.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(told).hasMessage("Table already exists: t");
  }
}
