package io.frazil.coordinator.query;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryList;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import io.frazil.events.Spent;
import io.frazil.events.StoredRequest;
import io.frazil.session.QueryId;
import io.frazil.session.cost.LambdaCost;
import io.frazil.session.cost.Rates;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Queries as those who ask see them. Nobody sees another's: an id that is not the caller's is one
/// that does not exist. Safe for use by many threads.
public final class Queries {
  private static final Pattern PAGE = Pattern.compile("[0-9a-f]{16}-[0-9a-f]{8,64}");

  /// How much of a statement a list shows.
  private static final int LISTED_CHARACTERS = 1_000;

  /// How long a coordinator may take to begin before somebody else is sent.
  private static final long PATIENCE_MILLIS = 30_000;

  /// How long a lease may be over: it has been renewed each second, or was given back to a
  /// coordinator that was called at once.
  private static final long OVERDUE_MILLIS = 5_000;

  private final QueryObjects objects;
  private final Principals principals;
  private final InstantSource clock;
  private final Rates rates;

  /// @param root the location under which queries lie, ending with `/`
  public Queries(VersionedStore store, String root, InstantSource clock) {
    this.objects = new QueryObjects(store, root);
    this.principals = new Principals(objects);
    this.clock = clock;
    this.rates = Rates.DEFAULT;
  }

  private Queries(Queries same, Rates rates) {
    this.objects = same.objects;
    this.principals = same.principals;
    this.clock = same.clock;
    this.rates = rates;
  }

  /// The same, whose queries are paid for by these rates.
  Queries paidBy(Rates other) {
    return new Queries(this, other);
  }

  /// Accepts a query; the same one again where its token was seen before.
  ///
  /// @param principal who asks, as the door knows them; empty for operators, whose queries are not
  ///   listed
  /// @return its id
  /// @throws FrazilException CONFLICT where the token was another request's, or a query's that is
  ///   being removed
  public String submit(String principal, QueryRequest request) {
    String token = request.token();
    String id = token == null ? QueryId.next() : QueryId.of(principal, token);
    if (token != null && objects.isExpiring(id)) {
      throw new FrazilException(
          ErrorCode.CONFLICT,
          "The token '" + token + "' was that of a query that has expired: take another");
    }
    var asked = new StoredRequest(principal, clock.millis(), request);
    StoredRequest kept = objects.create(id, asked) ? asked : own(principal, id);
    if (!kept.request().equals(request)) {
      throw new FrazilException(
          ErrorCode.CONFLICT, "The token '" + token + "' was that of another request");
    }
    // Who was cut off in between is helped by whoever comes with the token again.
    if (!principal.isEmpty()) {
      principals.add(principal, kept.acceptedMillis(), id);
    }
    Spent spent = principal.isEmpty() ? Spent.NOTHING : Spent.byHttpRequest();
    boolean _ = objects.create(id, QueryState.accepted(kept.acceptedMillis(), spent));
    return id;
  }

  /// Where a query is.
  ///
  /// @throws FrazilException QUERY_NOT_FOUND
  public QueryStatus status(String principal, String id) {
    StoredRequest request = own(principal, id);
    QueryState state = settled(id);
    Optional<QueryResponse> response =
        state.phase().isTerminal() ? objects.response(id, state.phase()) : Optional.empty();
    Optional<Spent> soFar =
        Optional.ofNullable(state.spent())
            .filter(_ -> state.phase() != Phase.ACCEPTED && response.isEmpty());
    return new QueryStatus(
        id,
        request.request().sql(),
        state.phase(),
        text(state.submittedMillis()),
        nullableText(state.startedMillis()),
        nullableText(state.endedMillis()),
        state.progress(),
        soFar.filter(_ -> state.phase() == Phase.RUNNING).map(Queries::stages).orElse(null),
        soFar.map(spent -> Answers.ledger(new LambdaCost(rates).soFar(spent))).orElse(null),
        response.map(QueryResponse::withoutRows).orElse(null),
        state.error());
  }

  /// In order, of those that a plan has.
  private static List<QueryStatus.Stage> stages(Spent spent) {
    var stages = new TreeMap<Integer, QueryStatus.Stage>();
    for (Spent.Attempts attempts : spent.attempts()) {
      if (attempts.stage() != Spent.NO_STAGE && attempts.place() != Spent.Place.LEADER) {
        stages.merge(attempts.stage(), stage(attempts), Queries::plus);
      }
    }
    return List.copyOf(stages.values());
  }

  private static QueryStatus.Stage stage(Spent.Attempts told) {
    long count = told.count();
    return switch (told.outcome()) {
      case SUCCEEDED -> new QueryStatus.Stage(told.stage(), count, 0, 0);
      case FAILED, LEFT -> new QueryStatus.Stage(told.stage(), 0, count, 0);
      case RUNNING -> new QueryStatus.Stage(told.stage(), 0, 0, count);
    };
  }

  private static QueryStatus.Stage plus(QueryStatus.Stage a, QueryStatus.Stage b) {
    return new QueryStatus.Stage(
        a.number(), a.done() + b.done(), a.failed() + b.failed(), a.running() + b.running());
  }

  /// What a query gave.
  ///
  /// @throws FrazilException QUERY_NOT_FOUND; its own error where it failed; CONFLICT where it is
  ///   not over yet
  public QueryResponse response(String principal, String id) {
    QueryResponse outcome = outcome(principal, id);
    Optional<FrazilException> failure = Failure.of(outcome.error());
    if (failure.isPresent()) {
      throw failure.get();
    }
    return outcome;
  }

  /// What a query gave, or its own error, which is told apart from what goes wrong in asking.
  ///
  /// @throws FrazilException QUERY_NOT_FOUND; CONFLICT where it is not over yet
  public QueryResponse outcome(String principal, String id) {
    StoredRequest _ = own(principal, id);
    QueryState state = state(id);
    if (!state.phase().isTerminal()) {
      throw new FrazilException(
          ErrorCode.CONFLICT, "Query " + id + " is not done yet: ask for its state");
    }
    ErrorMessage error = state.error();
    return Optional.of(state.phase())
        .filter(Phase.DONE::equals)
        .flatMap(done -> objects.response(id, done))
        .or(() -> Optional.ofNullable(error).map(why -> QueryResponse.failed(id, why)))
        .orElseThrow(() -> notFound(id));
  }

  /// The caller's latest queries, the latest first.
  ///
  /// @param page what `next` of the page before says; empty for the first
  /// @throws FrazilException INVALID_ARGUMENT where there can be no such page
  public QueryList recent(String principal, String page, int most) {
    if (!page.isEmpty() && !PAGE.matcher(page).matches()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "'%s' is not a page: take what 'next' says".formatted(page));
    }
    List<Principals.Listed> listed = principals.recent(principal, page, most + 1);
    List<Principals.Listed> shown = listed.subList(0, Math.min(most, listed.size()));
    String next = listed.size() > most ? shown.getLast().place() : null;
    return new QueryList(entries(principal, shown), next);
  }

  /// Whether a query has been left by whoever worked on it, or never begun: then this asker is to
  /// have it taken on. Nobody else is told so until it has waited for twice as long: where there is
  /// no room for coordinators, sending more of them makes none.
  public boolean isAbandoned(String principal, String id) {
    StoredRequest _ = own(principal, id);
    QueryState state = settled(id);
    long since =
        switch (state.phase()) {
          case ACCEPTED -> state.submittedMillis();
          case RUNNING -> state.leaseMillis();
          case DONE, FAILED, CANCELLED -> Long.MAX_VALUE;
        };
    long patience = state.phase() == Phase.ACCEPTED ? PATIENCE_MILLIS : OVERDUE_MILLIS;
    long patiences = (clock.millis() - since - 1) / patience;
    return patiences > 0
        && objects.put(
            objects.restart(id, since, Long.SIZE - Long.numberOfLeadingZeros(patiences)),
            new byte[0]);
  }

  private List<QueryList.Entry> entries(String principal, List<Principals.Listed> listed) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<QueryList.Entry>>> asked =
          listed.stream().map(one -> threads.submit(() -> find(principal, one.id()))).toList();
      return asked.stream().flatMap(entry -> result(entry).stream()).toList();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof FrazilException known
          ? known
          : new IllegalStateException("a query's state could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(ErrorCode.CANCELLED, "Reading the list was interrupted", e);
    }
  }

  /// Asks a query to stop; one that is over stays as it is. It has ended when this returns, unless
  /// a coordinator has it, which looks each second. Where that is lost, the query ends with the
  /// first question for its state after the coordinator's lease.
  public void cancel(String principal, String id) {
    StoredRequest _ = own(principal, id);
    if (state(id).phase().isTerminal()) {
      return;
    }
    objects.cancel(id);
    objects.stopWorkers(id, state(id).epoch());
    endIfUnattended(id);
  }

  /// Ends a query that was cancelled while a coordinator had it, which has left it since: the two
  /// may not have seen each other.
  void leave(String id) {
    if (objects.isCancelled(id)) {
      endIfUnattended(id);
    }
  }

  /// Nobody else will say that it has ended. Whoever takes the query on meanwhile is told to stop.
  private void endIfUnattended(String id) {
    boolean changed = true;
    while (changed) {
      long now = clock.millis();
      changed =
          objects
              .state(id)
              .filter(seen -> isUnattended(seen.state(), now))
              .map(seen -> objects.replace(seen, cancelled(id, seen.state(), now)).isEmpty())
              .orElse(false);
    }
  }

  /// How a query ends that is cancelled: what its last owner did before it was lost counts.
  private QueryState cancelled(String id, QueryState state, long nowMillis) {
    if (state.phase() == Phase.RUNNING) {
      if (objects.response(id, Phase.DONE).isPresent()) {
        return state.ended(Phase.DONE, nowMillis, null);
      }
      String sql = objects.request(id).map(r -> r.request().sql()).orElse("");
      if (!Repeatable.isRepeatable(sql)) {
        return state.endedUnattended(Phase.FAILED, nowMillis, Failure.LOST_WHILE_WRITING);
      }
    }
    return state.endedUnattended(Phase.CANCELLED, nowMillis, Failure.CANCELLED);
  }

  private static boolean isUnattended(QueryState state, long nowMillis) {
    return Owner.isNone(state, nowMillis) || Owner.isSteps(state);
  }

  /// Where a query is, its end brought about that its last owner owes.
  private QueryState settled(String id) {
    QueryState state = state(id);
    if (state.phase() != Phase.RUNNING || !Owner.isNone(state, clock.millis())) {
      return state;
    }
    leave(id);
    return state(id);
  }

  private Optional<QueryList.Entry> find(String principal, String id) {
    try {
      String sql = own(principal, id).request().sql();
      QueryState state = state(id);
      return Optional.of(
          new QueryList.Entry(
              id,
              sql.length() <= LISTED_CHARACTERS ? sql : sql.substring(0, LISTED_CHARACTERS) + "...",
              state.phase(),
              text(state.submittedMillis()),
              nullableText(state.startedMillis()),
              nullableText(state.endedMillis()),
              state.error()));
    } catch (FrazilException e) {
      if (e.code() == ErrorCode.QUERY_NOT_FOUND) {
        // It has expired since.
        return Optional.empty();
      }
      throw e;
    }
  }

  private StoredRequest own(String principal, String id) {
    // What is no id is no name of an object either.
    return Optional.of(id)
        .filter(QueryId::isId)
        .flatMap(objects::request)
        .filter(request -> request.principal().equals(principal))
        .orElseThrow(() -> notFound(id));
  }

  private QueryState state(String id) {
    return objects.state(id).map(Seen::state).orElseThrow(() -> notFound(id));
  }

  private static FrazilException notFound(String id) {
    return new FrazilException(ErrorCode.QUERY_NOT_FOUND, "There is no query '" + id + "'");
  }

  private static String text(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static @Nullable String nullableText(@Nullable Long millis) {
    return millis == null ? null : text(millis);
  }
}
