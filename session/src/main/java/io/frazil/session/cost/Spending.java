package io.frazil.session.cost;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.StoreRequests;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Spent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the attempts of a query are paid by, and the say whether another may start: what is spent,
/// what is under way and the new one must fit the budget together. So a budget is overshot by no
/// more than what was under way took beyond what it was thought to. Safe for use by many threads.
public final class Spending {
  private final Rates rates;
  private final @Nullable BigDecimal budget;
  private final long startNanos;
  private final LongSupplier nanoClock;
  private final Spent before;
  private final StoreRequests requests = new StoreRequests();

  // All below is guarded by this.
  private final Map<Integer, Double> predicted = new HashMap<>();
  private final Charges ended = new Charges();
  private final EarlierAttempts attemptsBefore;
  private WorkflowUse workflow = WorkflowUse.NONE;
  private final Set<Attempt> running = new HashSet<>();

  /// @param budget in dollars; null for none
  /// @param startNanos when the query began here, by [System#nanoTime]
  public Spending(Rates rates, @Nullable BigDecimal budget, long startNanos) {
    this(rates, budget, startNanos, System::nanoTime, Spent.NOTHING, EarlierAttempts.none());
  }

  private Spending(
      Rates rates,
      @Nullable BigDecimal budget,
      long startNanos,
      LongSupplier nanoClock,
      Spent before,
      EarlierAttempts attemptsBefore) {
    this.rates = rates;
    this.budget = budget;
    this.startNanos = startNanos;
    this.nanoClock = nanoClock;
    this.before = before;
    this.attemptsBefore = attemptsBefore;
  }

  /// The same by another clock.
  Spending timedBy(LongSupplier otherClock) {
    return new Spending(rates, budget, startNanos, otherClock, before, attemptsBefore);
  }

  /// The same of a query that was worked for before, none of which is gone on with.
  ///
  /// @param spent by then, this coordinator's invocation among it
  public Spending anewAfter(Spent spent) {
    return new Spending(
        rates, budget, startNanos, nanoClock, spent, EarlierAttempts.givenUp(spent));
  }

  /// The same of a query whose plan is gone on with.
  ///
  /// @param spent by then, this coordinator's invocation among it
  public Spending goingOnAfter(Spent spent) {
    return new Spending(
        rates, budget, startNanos, nanoClock, spent, EarlierAttempts.goneOnWith(spent));
  }

  /// Of a query without a budget that begins now.
  public static Spending unlimited() {
    return new Spending(Rates.DEFAULT, null, System.nanoTime());
  }

  public Rates rates() {
    return rates;
  }

  /// What an attempt at a task of a stage is thought to cost until one has ended.
  public synchronized void predict(int stage, double dollars) {
    predicted.put(stage, dollars);
  }

  /// What Step Functions did for the query.
  public synchronized void add(WorkflowUse use) {
    workflow = use;
  }

  /// What Step Functions did for a query that a state machine goes on with now.
  public synchronized WorkflowUse workflow(WorkflowUse.Children children) {
    return WorkflowUse.of(
        children,
        before.steps() + 1,
        before.stepTasks(),
        left().attempts(),
        charges().all().stream().mapToLong(Charge::millis).sum());
  }

  /// What tasks of a stage gave, found where earlier coordinators left it.
  ///
  /// @param responses that count
  public synchronized void found(int stage, Collection<FragmentResponse> responses) {
    long taskMillis = rates.workerMillis(predicted.getOrDefault(stage, 0.0));
    attemptsBefore.found(stage, responses, taskMillis);
  }

  /// Attempts of a stage failed that a state machine ran: what is found of them where they left it,
  /// whoever found it before. Those that ended without a word are taken to have run as long as the
  /// others of the stage.
  public synchronized void foundFailed(int stage, FailedAttempts failed) {
    long each = millisEach(stage, failed.told());
    var found = new Charges();
    failed.told().forEach(response -> found.addFailed(Charge.ofStoredTask(stage, response)));
    found.addFailed(Charge.passed(stage, failed.passed()));
    found.addFailed(Charge.assumed(stage, Place.WORKER, failed.lost(), failed.lost() * each));
    found.addFailed(
        Charge.assumed(stage, Place.LARGE_WORKER, failed.lostLarge(), failed.lostLarge() * each));
    attemptsBefore.foundFailed(stage, found);
  }

  /// How long an attempt of a stage runs on the average, as far as is known.
  private long millisEach(int stage, Collection<FragmentResponse> failed) {
    var known = new Charges();
    attemptsBefore.addTo(known);
    failed.forEach(response -> known.addFailed(Charge.ofStoredTask(stage, response)));
    List<Charge> own = known.all().stream().filter(charge -> charge.stage() == stage).toList();
    long attempts = own.stream().mapToLong(Charge::attempts).sum();
    long millis = own.stream().mapToLong(Charge::millis).sum();
    long each =
        attempts == 0
            ? rates.workerMillis(predicted.getOrDefault(stage, 0.0))
            : Math.ceilDiv(millis, attempts);
    return Math.min(each, LambdaShape.LONGEST_RUN.toMillis());
  }

  /// Tasks of a stage came to no end that no coordinator waited for.
  ///
  /// @param told what some of them took until then
  /// @param untold how many ran and told nothing: each is taken to have run as long as the others
  public synchronized void stopped(int stage, Collection<FragmentResponse> told, int untold) {
    told.forEach(response -> ended.addFailed(Charge.ofStoredTask(stage, response)));
    long each = rates.workerMillis(expected(stage, Place.WORKER));
    ended.addFailed(Charge.assumed(stage, Place.WORKER, untold, untold * each));
  }

  /// A leader ended, of whatever it handed on.
  public synchronized void led(Charge charge) {
    ended.addFailed(charge);
  }

  /// Refuses a query that cannot be had for what is left of its budget.
  ///
  /// @throws FrazilException BUDGET_EXCEEDED
  public synchronized void requireRoomFor(Estimate estimate) {
    if (budget == null) {
      return;
    }
    // What the first coordinator takes is in the prediction.
    double spent = before.coordinators() <= 1 ? 0 : dollars(bill(Duration.ZERO));
    if (spent + estimate.dollars().low() > budget.doubleValue()) {
      throw new FrazilException(
          ErrorCode.BUDGET_EXCEEDED,
          "The query is predicted to cost %s%s, above its budget of %s: nothing was run"
              .formatted(
                  Dollars.text(estimate.dollars()),
                  spent == 0
                      ? ""
                      : " besides the %s that it has cost".formatted(Dollars.text(spent)),
                  Dollars.text(budget)));
    }
  }

  /// Counts what the coordinator asks of its store.
  public StoreRequests coordinatorRequests() {
    return requests;
  }

  /// Starts an attempt, and counts it until its response is there. One that is cancelled goes on as
  /// far as anybody knows, and counts as one that runs.
  ///
  /// @throws FrazilException BUDGET_EXCEEDED where it does not fit
  public CompletableFuture<FragmentResponse> attempt(
      int stage, Place place, Supplier<CompletableFuture<FragmentResponse>> start) {
    Attempt attempt = begin(stage, place);
    CompletableFuture<FragmentResponse> called;
    try {
      called = start.get();
    } catch (RuntimeException | Error e) {
      end(attempt, null, e);
      throw e;
    }
    // Nothing ends where this was cancelled before.
    CompletableFuture<FragmentResponse> counted =
        called.whenComplete((response, failure) -> end(attempt, response, failure));
    var _ =
        counted.whenComplete((_, _) -> {
          if (counted.isCancelled()) {
            boolean _ = called.cancel(true);
          }
        });
    return counted;
  }

  /// How many tasks, the first of those given, a state machine's next map may have as its children:
  /// as many as fit the budget with the step that follows them, and no more than run at a time, as
  /// nobody looks at the money when the next ones begin. All of them where they fit even if each
  /// takes as long as a function may.
  ///
  /// @param tasks none asks whether what was done fits
  /// @param atOnce how many run at a time
  /// @throws FrazilException BUDGET_EXCEEDED where not even the first does
  public synchronized int fitting(List<NextTask> tasks, WorkflowUse.Children children, int atOnce) {
    if (budget == null) {
      return tasks.size();
    }
    double left = budget.doubleValue() - committed();
    if (left < 0) {
      throw exceeded("are spent");
    }
    left -= rates.dollars(WorkflowUse.STEP);
    double most = 0;
    for (NextTask task : tasks) {
      most += rates.mostDollars(task.place()) + child(task, children);
    }
    return most <= left ? tasks.size() : Math.min(atOnce, fitting(tasks, children, left));
  }

  private int fitting(List<NextTask> tasks, WorkflowUse.Children children, double room) {
    double left = room;
    int fitting = 0;
    for (NextTask task : tasks) {
      double dollars = expectedNext(task) + child(task, children);
      left -= dollars;
      if (left < 0 && fitting == 0) {
        throw exceeded(
            "are spent, and a task of stage %d is thought to cost %s"
                .formatted(task.stage(), Dollars.text(dollars)));
      }
      if (left < 0) {
        break;
      }
      fitting++;
    }
    return fitting;
  }

  /// What a task costs as the child of a map, besides what its attempt does.
  private double child(NextTask task, WorkflowUse.Children children) {
    double dollars = rates.dollars(WorkflowUse.child(children));
    return switch (task.place()) {
      case HERE, WORKER, LEADER -> dollars;
      case LARGE_WORKER -> dollars + rates.dollars(WorkflowUse.retry(children));
    };
  }

  /// Where none of its stage ran there yet, a large worker takes as long as a usual one.
  private double expectedNext(NextTask task) {
    boolean known =
        charges().all().stream()
            .anyMatch(c -> c.stage() == task.stage() && c.place() == task.place());
    return known
        ? expected(task.stage(), task.place())
        : expected(task.stage(), Place.WORKER) * rates.timesAWorker(task.place());
  }

  /// Whether an attempt fits that can be done without: a second one beside one that runs.
  public synchronized boolean affords(int stage, Place place) {
    return budget == null || committed() + expected(stage, place) <= budget.doubleValue();
  }

  /// All that the query is paid by after `elapsed`; attempts that run as if they were lost now.
  public synchronized Bill bill(Duration elapsed) {
    Charges charges = charges();
    running.forEach(attempt -> charges.addFailed(lost(attempt)));
    Spent all = worked(elapsed);
    return new Bill(
        charges.all(),
        new Bill.Coordination(
            Math.max(1, all.coordinators()),
            gbSeconds(all.megabyteMillis()),
            gbSeconds(all.assumedMegabyteMillis()),
            all.gets() + requests.gets(),
            all.puts() + requests.puts()),
        workflow,
        all.httpRequests());
  }

  /// The same for whoever goes on with the query.
  public synchronized Spent spent(Duration elapsed) {
    Spent all = worked(elapsed);
    var underWay = new Charges();
    running.forEach(attempt -> underWay.addFailed(lost(attempt)));
    return new Spent(
        all.coordinators(),
        all.megabyteMillis(),
        all.assumedMegabyteMillis(),
        all.unsaidMegabyteMillis(),
        all.gets() + requests.gets(),
        all.puts() + requests.puts(),
        all.httpRequests(),
        all.steps(),
        all.stepTasks(),
        Stream.of(
                toldEachTime().told(),
                Charges.told(left().failed(), Spent.Outcome.LEFT),
                Charges.told(underWay.failed(), Spent.Outcome.RUNNING))
            .flatMap(told -> told)
            .toList());
  }

  private Spent worked(Duration elapsed) {
    return before.worked(rates.megabyteMillis(elapsed));
  }

  static double gbSeconds(long megabyteMillis) {
    return megabyteMillis / 1024.0 / 1e3;
  }

  /// Of all attempts that ended, earlier coordinators' among them.
  private Charges charges() {
    Charges charges = toldEachTime();
    attemptsBefore.addLeftTo(charges);
    return charges;
  }

  /// The same but for those that failed and left what they took in the store.
  private Charges toldEachTime() {
    var charges = new Charges();
    attemptsBefore.addTo(charges);
    charges.add(ended);
    return charges;
  }

  private Charges left() {
    var charges = new Charges();
    attemptsBefore.addLeftTo(charges);
    return charges;
  }

  private synchronized Attempt begin(int stage, Place place) {
    if (budget != null && !affords(stage, place)) {
      throw exceeded(
          "are spent or under way, and a task of stage %d is thought to cost %s"
              .formatted(stage, Dollars.text(expected(stage, place))));
    }
    var attempt = new Attempt(stage, place, nanoClock.getAsLong());
    running.add(attempt);
    return attempt;
  }

  private FrazilException exceeded(String why) {
    return new FrazilException(
        ErrorCode.BUDGET_EXCEEDED,
        "The query was stopped at its budget of %s: %s %s"
            .formatted(
                Dollars.text(Objects.requireNonNull(budget)), Dollars.text(committed()), why));
  }

  private synchronized void end(
      Attempt attempt, @Nullable FragmentResponse response, @Nullable Throwable failure) {
    if (!running.remove(attempt)) {
      return;
    }
    if (response == null) {
      if (!isRefused(failure)) {
        ended.addFailed(lost(attempt));
      }
    } else if (response.error() == null) {
      ended.addSucceeded(attempt.charge(response));
    } else if (Charge.isTold(response)) {
      ended.addFailed(attempt.chargeFailed(response));
    } else if (!isRefused(response.error())) {
      ended.addFailed(lost(attempt));
    }
  }

  /// Whether an attempt never began: what Lambda has no room for it doesn't bill.
  private static boolean isRefused(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof FrazilException known && known.code() == ErrorCode.THROTTLED;
  }

  /// The same as a leader tells it.
  private static boolean isRefused(ErrorMessage error) {
    return error.code().equals(ErrorCode.THROTTLED.name());
  }

  private Charge lost(Attempt attempt) {
    return attempt.lost((nanoClock.getAsLong() - attempt.startNanos) / 1_000_000);
  }

  /// What is spent, and what the attempts that run will have cost.
  private double committed() {
    Duration elapsed = Duration.ofNanos(nanoClock.getAsLong() - startNanos);
    double dollars = dollars(bill(elapsed));
    for (Attempt attempt : running) {
      double more = expected(attempt.stage, attempt.place) - rates.dollars(lost(attempt));
      dollars += Math.max(0, more);
    }
    return dollars;
  }

  private double dollars(Bill bill) {
    return new LambdaCost(rates).billed(bill).dollars();
  }

  /// What an attempt will cost: as the others of its stage did on the average.
  private double expected(int stage, Place place) {
    if (place == Place.HERE) {
      return 0;
    }
    double dollars = 0;
    long attempts = 0;
    for (Charge charge : charges().all()) {
      if (charge.stage() == stage && charge.place() == place) {
        dollars += rates.dollars(charge);
        attempts += charge.attempts();
      }
    }
    return attempts == 0 ? predicted.getOrDefault(stage, 0.0) : dollars / attempts;
  }

  /// One that runs; each is different from all others.
  private static final class Attempt {
    private final int stage;
    private final Place place;
    private final long startNanos;

    Attempt(int stage, Place place, long startNanos) {
      this.stage = stage;
      this.place = place;
      this.startNanos = startNanos;
    }

    Charge lost(long millis) {
      return Charge.lost(stage, place, millis);
    }

    Charge charge(FragmentResponse response) {
      return Charge.of(stage, place, response);
    }

    Charge chargeFailed(FragmentResponse response) {
      return Charge.ofFailed(stage, place, response);
    }
  }
}
