package io.frazil.session.cost;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.StoreRequests;
import io.frazil.events.FragmentResponse;
import java.math.BigDecimal;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;

/// What the attempts of a query are paid by, and the say whether another may start: what is spent,
/// what is under way and the new one must fit the budget together. So a budget is overshot by no
/// more than what was under way took beyond what it was thought to. Safe for use by many threads.
public final class Spending {
  private final Rates rates;
  private final @Nullable BigDecimal budget;
  private final long startNanos;
  private final LongSupplier nanoClock;
  private final StoreRequests requests = new StoreRequests();

  // All below is guarded by this.
  private final Map<Integer, Double> predicted = new HashMap<>();
  private final Charges ended = new Charges();
  private WorkflowUse workflow = WorkflowUse.NONE;
  private final Set<Attempt> running = new HashSet<>();

  /// @param budget in dollars; null for none
  /// @param startNanos when the query began, by [System#nanoTime]
  public Spending(Rates rates, @Nullable BigDecimal budget, long startNanos) {
    this(rates, budget, startNanos, System::nanoTime);
  }

  Spending(Rates rates, @Nullable BigDecimal budget, long startNanos, LongSupplier nanoClock) {
    this.rates = rates;
    this.budget = budget;
    this.startNanos = startNanos;
    this.nanoClock = nanoClock;
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
    workflow = workflow.plus(use);
  }

  /// What Step Functions did for a query whose tasks so far were all children of its maps.
  ///
  /// @param steps how many its state machine had made, the one that is made now among them
  public synchronized WorkflowUse workflow(WorkflowUse.Children children, int steps) {
    return WorkflowUse.of(children, steps, ended.all());
  }

  /// Counts what the coordinator asks of its store.
  public StoreRequests coordinatorRequests() {
    return requests;
  }

  /// Starts an attempt, and counts it until its response is there.
  ///
  /// @throws FrazilException BUDGET_EXCEEDED where it does not fit
  public CompletableFuture<FragmentResponse> attempt(
      int stage, Place place, Supplier<CompletableFuture<FragmentResponse>> start) {
    Attempt attempt = begin(stage, place);
    try {
      return start.get().whenComplete((response, failure) -> end(attempt, response, failure));
    } catch (RuntimeException | Error e) {
      end(attempt, null, e);
      throw e;
    }
  }

  /// Counts an attempt that another process made.
  public synchronized void earlier(int stage, Place place, FragmentResponse response) {
    ended.add(Charge.of(stage, place, response));
  }

  /// How many tasks on workers, the first of those given, fit the budget as the children of a state
  /// machine's next map, with the step that follows it.
  ///
  /// @param stages of the tasks; none asks whether what was done fits
  /// @throws FrazilException BUDGET_EXCEEDED where not even the first does
  public synchronized int fitting(List<Integer> stages, WorkflowUse.Children children) {
    double left = budget == null ? Double.POSITIVE_INFINITY : budget.doubleValue() - committed();
    if (left < 0) {
      throw exceeded("are spent");
    }
    left -= rates.dollars(WorkflowUse.STEP);
    int fitting = 0;
    for (int stage : stages) {
      double dollars = expected(stage, Place.WORKER) + rates.dollars(WorkflowUse.child(children));
      left -= dollars;
      if (left < 0 && fitting == 0) {
        throw exceeded(
            "are spent, and a task of stage %d is thought to cost %s"
                .formatted(stage, Dollars.text(dollars)));
      }
      if (left < 0) {
        break;
      }
      fitting++;
    }
    return fitting;
  }

  /// Whether an attempt fits that can be done without: a second one beside one that runs.
  public synchronized boolean affords(int stage, Place place) {
    return budget == null || committed() + expected(stage, place) <= budget.doubleValue();
  }

  /// All that the query is paid by after `elapsed`; attempts that run as if they were lost now.
  public synchronized Bill bill(Duration elapsed) {
    var charges = new Charges();
    ended.all().forEach(charges::add);
    running.forEach(attempt -> charges.add(lost(attempt)));
    return new Bill(
        charges.all(),
        1,
        Math.ceilDiv(elapsed.toNanos(), 1_000_000),
        requests.gets(),
        requests.puts(),
        workflow);
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
    if (running.remove(attempt) && !isFree(failure)) {
      ended.add(response == null ? lost(attempt) : attempt.charge(response));
    }
  }

  /// Whether an attempt never began: what Lambda has no room for it doesn't bill.
  private static boolean isFree(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof FrazilException known && known.code() == ErrorCode.THROTTLED;
  }

  private Charge lost(Attempt attempt) {
    return attempt.lost((nanoClock.getAsLong() - attempt.startNanos) / 1_000_000);
  }

  /// What is spent, and what the attempts that run will have cost.
  private double committed() {
    Duration elapsed = Duration.ofNanos(nanoClock.getAsLong() - startNanos);
    double dollars = new LambdaCost(rates).billed(bill(elapsed)).dollars();
    for (Attempt attempt : running) {
      double more = expected(attempt.stage, attempt.place) - rates.dollars(lost(attempt));
      dollars += Math.max(0, more);
    }
    return dollars;
  }

  /// What an attempt will cost: as the others of its stage did on the average.
  private double expected(int stage, Place place) {
    if (place == Place.HERE) {
      return 0;
    }
    double dollars = 0;
    long attempts = 0;
    for (Charge charge : ended.all()) {
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
  }
}
