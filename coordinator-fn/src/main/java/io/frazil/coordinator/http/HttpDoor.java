package io.frazil.coordinator.http;

import io.frazil.coordinator.query.Failure;
import io.frazil.coordinator.query.Queries;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.HttpAnswer;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.log.QueryLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers requests to the HTTP API. What it is asked for is described by `docs/openapi.yaml`,
/// which a test holds against [Route], the messages and real answers.
public final class HttpDoor {
  /// How long a request waits for the query that it submits.
  public static final Duration SHORT_WAIT = Duration.ofSeconds(10);

  private static final int LISTED = 20;
  private static final int LISTED_MAX = 100;

  /// API Gateway gives up after 30 s, of which a function may need some to start.
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(24);

  /// What it takes to answer.
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(2);

  private final Queries queries;
  private final Submissions submissions;
  private final Results results;
  private final CatalogView catalog;
  private final Gateway gateway;
  private final QueryLog log;

  /// @param wait how long `POST /v1/queries` waits for a query to end before it answers 202
  /// @param gateway who may hand requests in
  public HttpDoor(
      Queries queries,
      Starter starter,
      Results results,
      CatalogView catalog,
      Duration wait,
      Gateway gateway) {
    this(
        queries,
        new Submissions(queries, starter, results, wait),
        results,
        catalog,
        gateway,
        QueryLog.SILENT);
  }

  private HttpDoor(
      Queries queries,
      Submissions submissions,
      Results results,
      CatalogView catalog,
      Gateway gateway,
      QueryLog log) {
    this.queries = queries;
    this.submissions = submissions;
    this.results = results;
    this.catalog = catalog;
    this.gateway = gateway;
    this.log = log;
  }

  /// The same, which says in a log what it was asked for and how it answered.
  public HttpDoor loggingTo(QueryLog other) {
    return new HttpDoor(queries, submissions, results, catalog, gateway, other);
  }

  /// Answers one request, as API Gateway encodes it. Whatever goes wrong is in the answer, as
  /// `application/problem+json`.
  public byte[] answer(byte[] event) {
    var asked = new Asked(log);
    return encoded(asked, attempt(event, asked));
  }

  /// The same for a function whose time is limited: what is not known in time is a problem too.
  ///
  /// @param left how long the function may run
  public byte[] answer(byte[] event, Duration left) {
    Duration most = left.minus(ANSWER_MARGIN);
    Duration patience = most.compareTo(ANSWER_LIMIT) < 0 ? most : ANSWER_LIMIT;
    var asked = new Asked(log);
    return encoded(
        asked,
        Patience.within(patience, () -> attempt(event, asked))
            .orElseGet(() -> Problems.of(tooLate(patience), null)));
  }

  private static FrazilException tooLate(Duration patience) {
    return new FrazilException(
        ErrorCode.TIME_LIMIT,
        "The request took longer than the %d s that an answer may take"
            .formatted(Math.max(0, patience.toSeconds())));
  }

  private static byte[] encoded(Asked asked, HttpAnswer answer) {
    HttpAnswer given = answer;
    byte[] bytes;
    try {
      bytes = Json.encode(answer);
      if (bytes.length > Json.MAX_BYTES) {
        given = HttpFailure.answerTooLarge(bytes.length).answer();
        bytes = Json.encode(given);
      }
    } catch (RuntimeException | Error e) {
      given = broken(asked, e);
      bytes = Json.encode(given);
    }
    asked.answered(given);
    return bytes;
  }

  private static HttpAnswer broken(Asked asked, Throwable why) {
    FrazilException known = Failure.exception(why);
    asked.failed(known);
    return Problems.of(known, null);
  }

  private HttpAnswer attempt(byte[] bytes, Asked asked) {
    try {
      HttpEvent event = Json.decode(bytes, HttpEvent.class);
      asked.by(event);
      String caller = gateway.caller(event);
      Route.Match match = Route.match(event.requestContext().http().method(), event.rawPath());
      asked.about(match);
      return answer(match, caller, event, QueryString.of(event, parameters(match.route())));
    } catch (MessageException e) {
      return Problems.of(
          new FrazilException(ErrorCode.INVALID_MESSAGE, String.valueOf(e.getMessage()), e), null);
    } catch (HttpFailure e) {
      return e.answer();
    } catch (RuntimeException | Error e) {
      return broken(asked, e);
    }
  }

  private HttpAnswer answer(Route.Match match, String caller, HttpEvent event, QueryString query) {
    return switch (match.route()) {
      case SUBMIT -> submissions.submit(caller, Requests.query(event));
      case LIST ->
          json(
              200,
              queries.recent(
                  caller,
                  query.text("page").orElse(""),
                  query.number("limit", LISTED, LISTED_MAX)));
      case STATUS -> json(200, submissions.status(caller, match.parameter(0)));
      case RESULTS -> results(caller, match.parameter(0), query);
      case CANCEL -> {
        queries.cancel(caller, match.parameter(0));
        yield json(202, queries.status(caller, match.parameter(0)));
      }
      case EXPLAIN -> json(200, catalog.explain(Requests.query(event)));
      case SCHEMAS -> json(200, Schemas.of(Listing.ofNames(catalog.schemas(), query)));
      case TABLES -> {
        List<String> tables = found(() -> catalog.tables(match.parameter(0)));
        yield json(200, Tables.of(Listing.ofNames(tables, query)));
      }
      case TABLE -> {
        List<Column> all = found(() -> catalog.columns(match.parameter(0), match.parameter(1)));
        yield json(200, Table.of(Listing.ofPositions(all, query)));
      }
    };
  }

  private HttpAnswer results(String caller, String id, QueryString query) {
    QueryResponse outcome = queries.outcome(caller, id);
    ErrorMessage error = outcome.error();
    return error == null ? json(200, results.of(id, outcome, query)) : Problems.ofEnded(id, error);
  }

  /// Names in a path that mean nothing are a path to nothing.
  private static <T> T found(Supplier<T> look) {
    try {
      return look.get();
    } catch (FrazilException e) {
      throw switch (e.code()) {
        case SCHEMA_NOT_FOUND, TABLE_NOT_FOUND -> HttpFailure.notFound(e);
        default -> e;
      };
    }
  }

  /// The names behind `?` that a route knows.
  static List<String> parameters(Route route) {
    return switch (route) {
      case LIST -> List.of("page", "limit");
      case RESULTS -> Results.PARAMETERS;
      case SCHEMAS, TABLES, TABLE -> Listing.PARAMETERS;
      case SUBMIT, STATUS, CANCEL, EXPLAIN -> List.of();
    };
  }

  private static HttpAnswer json(int status, Object content) {
    return HttpAnswers.json(status, Map.of(), content);
  }

  /// What of the catalogs is shown.
  public interface CatalogView {
    Plan explain(QueryRequest request);

    /// In order.
    List<String> schemas();

    /// In order.
    ///
    /// @throws FrazilException SCHEMA_NOT_FOUND
    List<String> tables(String schema);

    /// @throws FrazilException TABLE_NOT_FOUND
    List<Column> columns(String schema, String table);
  }

  /// How a query would run.
  ///
  /// @param plan as EXPLAIN prints it, line by line
  /// @param estimate what it is predicted to take; null where it reads no table
  public record Plan(List<String> plan, QueryResponse.@Nullable Estimate estimate) {}

  /// A page of a catalog's schemas.
  ///
  /// @param next the `page` that follows; null where this is the last
  public record Schemas(List<String> schemas, @Nullable String next) {
    static Schemas of(Listing<String> page) {
      return new Schemas(page.items(), page.next());
    }
  }

  /// The same of a schema's tables.
  public record Tables(List<String> tables, @Nullable String next) {
    static Tables of(Listing<String> page) {
      return new Tables(page.items(), page.next());
    }
  }

  /// The same of a table's columns.
  public record Table(List<Column> columns, @Nullable String next) {
    static Table of(Listing<Column> page) {
      return new Table(page.items(), page.next());
    }
  }

  /// A table's column.
  public record Column(String name, String type, boolean nullable) {}
}
