package io.frazil.coordinator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.frazil.coordinator.http.HttpDoor;
import io.frazil.coordinator.prime.Priming;
import io.frazil.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The HTTP function: an event of API Gateway in, its answer out, problems among them: it never
/// throws. Only API Gateway may invoke it, as it believes what an event says about its caller; see
/// [io.frazil.coordinator.http.Gateway].
public final class HttpHandler implements RequestStreamHandler {
  private static final Duration UNLIMITED = Duration.ofDays(1);

  private final HttpDoor door;

  /// As the environment says: see [Environment].
  public HttpHandler() {
    this.door = Environment.of(System.getenv()).door();
    Priming.registerHttp();
  }

  public HttpHandler(HttpDoor door) {
    this.door = door;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, @Nullable Context context)
      throws IOException {
    byte[] event = in.readNBytes(Json.MAX_BYTES + 1);
    out.write(
        context == null
            ? handle(event)
            : door.answer(event, Duration.ofMillis(context.getRemainingTimeInMillis())));
  }

  /// The same for a caller in this process, whose time is not limited but by what an answer may
  /// take.
  public byte[] handle(byte[] event) {
    return door.answer(event, UNLIMITED);
  }
}
