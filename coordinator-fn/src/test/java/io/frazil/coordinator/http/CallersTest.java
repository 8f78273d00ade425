package io.frazil.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.HttpEvent;
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

  private static HttpEvent event(String arn) {
    return new HttpEvent(
        HttpEvent.VERSION,
        "/v1/queries",
        "",
        Map.of(),
        new HttpEvent.RequestContext(
            new HttpEvent.Http("GET", "/v1/queries"),
            "r",
            new HttpEvent.Authorizer(new HttpEvent.Iam(arn), null)),
        Map.of("gatewayKey", "k3y"),
        null,
        false);
  }
}
