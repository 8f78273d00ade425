package io.frazil.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {
  private static final String ROLE = "arn:aws:sts::111122223333:assumed-role/reports";

  @Test
  void allSessionsOfARoleAreOneCaller() {
    assertThat(Gateway.TRUSTED.caller(event(ROLE + "/i-0123456789abcdef0")))
        .isEqualTo(Gateway.TRUSTED.caller(event(ROLE + "/task-2")))
        .isEqualTo("iam:" + ROLE);
  }

  @Test
  void sessionsAreToldApartWhereTheirNamesAreVouchedFor() {
    Gateway gateway = Gateway.withKey("k3y").tellingSessionsApart();
    assertThat(gateway.caller(event(ROLE + "/alice@example.com")))
        .isEqualTo("iam:" + ROLE + "/alice@example.com");
    assertThat(gateway.caller(event(ROLE + "/bob@example.com")))
        .isEqualTo("iam:" + ROLE + "/bob@example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws-cn:sts::111122223333:assumed-role/a/b, arn:aws-cn:sts::111122223333:assumed-role/a",
    "arn:aws:sts::444455556666:assumed-role/reports/s,"
        + " arn:aws:sts::444455556666:assumed-role/reports",
  })
  void aRoleIsOneOfItsPartitionAndAccount(String session, String role) {
    assertThat(Gateway.TRUSTED.caller(event(session))).isEqualTo("iam:" + role);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:user/alice",
        "arn:aws:iam::111122223333:user/assumed-role/alice",
        "arn:aws:iam::111122223333:root",
        "arn:aws:sts::111122223333:federated-user/alice",
        "arn:aws:sts::111122223333:assumed-role/reports"
      })
  void whoIsNoSessionIsTakenAsNamed(String arn) {
    assertThat(Gateway.TRUSTED.caller(event(arn))).isEqualTo("iam:" + arn);
  }

  @Test
  void usersOfAnIdentityPoolAreCallersOfTheirOwnWhateverTheirRole() {
    String session = ROLE + "/CognitoIdentityCredentials";
    String bob = "eu-central-1:0e5f8a9b-3c1d-4f60-9e77-2b8c64d1a0f3";
    for (Gateway gateway : List.of(Gateway.TRUSTED, Gateway.TRUSTED.tellingSessionsApart())) {
      assertThat(gateway.caller(event(session, "eu-central-1:a")))
          .isEqualTo("cognito:eu-central-1:a");
      assertThat(gateway.caller(event(session, bob)))
          .isEqualTo(gateway.caller(event(ROLE + "2/CognitoIdentityCredentials", bob)))
          .isEqualTo("cognito:" + bob);
    }
    assertThat(Gateway.TRUSTED.caller(event(session, ""))).isEqualTo("iam:" + ROLE);
  }

  /// As API Gateway sends it, with what is not looked at.
  @Test
  void anIdentityIsFoundInTheEvent() {
    String event =
        """
        {"version": "2.0", "rawPath": "/v1/queries", "rawQueryString": "", "headers": {},
         "requestContext": {"http": {"method": "GET", "path": "/v1/queries"}, "requestId": "r",
          "authorizer": {"iam": {"accessKey": "ASIA", "accountId": "111122223333",
           "callerId": "AROA:CognitoIdentityCredentials",
           "cognitoIdentity": {"amr": ["authenticated"], "identityId": "eu-central-1:a",
            "identityPoolId": "eu-central-1:p"},
           "principalOrgId": null, "userId": "AROA:CognitoIdentityCredentials",
           "userArn": "%s/CognitoIdentityCredentials"}}}}
        """
            .formatted(ROLE);
    HttpEvent decoded = Json.decode(event.getBytes(StandardCharsets.UTF_8), HttpEvent.class);
    assertThat(Gateway.TRUSTED.caller(decoded)).isEqualTo("cognito:eu-central-1:a");
  }

  private static HttpEvent event(String arn) {
    return event(new HttpEvent.Iam(arn, null));
  }

  private static HttpEvent event(String arn, String identity) {
    return event(new HttpEvent.Iam(arn, new HttpEvent.CognitoIdentity(identity)));
  }

  private static HttpEvent event(HttpEvent.Iam iam) {
    return new HttpEvent(
        HttpEvent.VERSION,
        "/v1/queries",
        "",
        Map.of(),
        new HttpEvent.RequestContext(
            new HttpEvent.Http("GET", "/v1/queries"), "r", new HttpEvent.Authorizer(iam, null)),
        Map.of("gatewayKey", "k3y"),
        null,
        false);
  }
}
