package io.frazil.session.cost;

import io.frazil.events.FragmentResponse;
import io.frazil.events.Spent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the attempts of earlier coordinators are paid by. Two know of them: the coordinators, who
/// said now and then what they had spent, and what lies in the store, which tells of tasks that
/// ended since, and better of those that they closed.
///
/// ```
///   told:   s s s f r r          three succeeded, one failed, two ran
///   found:  k k k k p            four responses, one partial alone
///   counts: k k k k p f          the first three and one that ran are those that were found
/// ```
final class EarlierAttempts {
  private final Map<Integer, List<Spent.Attempts>> told = new TreeMap<>();
  private final Map<Integer, Charges> counted = new TreeMap<>();

  // Of those that failed and lie in the store, by stage: as told until they are found.
  private final Map<Integer, Charges> left = new TreeMap<>();

  private EarlierAttempts() {}

  static EarlierAttempts none() {
    return new EarlierAttempts();
  }

  /// Of a query that begins anew: what ran still is lost, and nothing will be found.
  static EarlierAttempts givenUp(Spent spent) {
    var earlier = new EarlierAttempts();
    var charges = new Charges();
    for (Spent.Attempts attempts : spent.attempts()) {
      Charges to =
          attempts.outcome() == Spent.Outcome.LEFT ? earlier.left(Spent.NO_STAGE) : charges;
      to.addFailed(Charge.of(attempts).ofNoStage());
    }
    earlier.counted.put(Spent.NO_STAGE, charges);
    return earlier;
  }

  /// Of a query that goes on with the same plan.
  static EarlierAttempts goneOnWith(Spent spent) {
    var earlier = new EarlierAttempts();
    for (Spent.Attempts attempts : spent.attempts()) {
      if (attempts.outcome() == Spent.Outcome.LEFT) {
        earlier.left(attempts.stage()).addFailed(Charge.of(attempts));
      } else {
        earlier.told.computeIfAbsent(attempts.stage(), _ -> new ArrayList<>()).add(attempts);
      }
    }
    earlier.told.forEach((stage, all) -> earlier.counted.put(stage, asTold(all)));
    return earlier;
  }

  /// What tasks of a stage gave, in place of what was told of them.
  ///
  /// @param taskMillis what is assumed of one where no other of the stage tells
  void found(int stage, Collection<FragmentResponse> responses, long taskMillis) {
    var stageTold = new StageTold(stage, told.getOrDefault(stage, List.of()));
    counted.put(stage, stageTold.with(responses, taskMillis));
  }

  /// What attempts of a stage took that failed and lie in the store, in place of what was told of
  /// them: nothing goes from there while a query runs.
  void foundFailed(int stage, Charges found) {
    if (found.attempts() >= left(stage).attempts()) {
      left.put(stage, found);
    }
  }

  private Charges left(int stage) {
    return left.computeIfAbsent(stage, _ -> new Charges());
  }

  /// All but those that failed and lie in the store.
  void addTo(Charges charges) {
    counted.values().forEach(charges::add);
  }

  void addLeftTo(Charges charges) {
    left.values().forEach(charges::add);
  }

  private static Charges asTold(List<Spent.Attempts> all) {
    var charges = new Charges();
    for (Spent.Attempts attempts : all) {
      switch (attempts.outcome()) {
        case SUCCEEDED -> charges.addSucceeded(Charge.of(attempts));
        case FAILED, LEFT, RUNNING -> charges.addFailed(Charge.of(attempts));
      }
    }
    return charges;
  }

  /// What was told of one stage.
  private record StageTold(int stage, List<Spent.Attempts> attempts) {
    Charges with(Collection<FragmentResponse> responses, long taskMillis) {
      List<Charge> known = known(Place.WORKER, responses);
      List<Charge> knownLarge = known(Place.LARGE_WORKER, responses);
      List<Charge> succeeded = told(Spent.Outcome.SUCCEEDED);
      List<Charge> running = told(Spent.Outcome.RUNNING);
      // Only a state machine's responses say how large their worker was, but what was told does.
      List<Charge> large = succeeded.stream().filter(StageTold::isLarge).toList();
      List<Charge> usual = succeeded.stream().filter(charge -> !isLarge(charge)).toList();
      long told = count(known);
      long othersLarge = Math.max(0, count(large) - count(knownLarge));
      long toldOfUsual = Math.max(0, told - othersLarge);
      long others = Math.max(0, count(usual) - toldOfUsual);
      var charges = new Charges();
      told(Spent.Outcome.FAILED).forEach(charges::addFailed);
      knownLarge.forEach(charges::addSucceeded);
      large.forEach(charge -> charges.addSucceeded(share(charge, othersLarge, count(large))));
      known.forEach(charge -> charges.addSucceeded(share(charge, toldOfUsual, told)));
      usual.forEach(charge -> charges.addSucceeded(share(charge, others, count(usual))));
      long all = Math.max(count(succeeded) + count(running), responses.size());
      long counted = count(knownLarge) + othersLarge + toldOfUsual + others;
      long found = Math.max(responses.size(), counted);
      long each = Math.max(millisEach(known, succeeded, taskMillis), mean(running));
      charges.addSucceeded(untold(found - counted, each));
      charges.addFailed(untold(Math.max(0, all - found), each));
      return charges;
    }

    /// Of those at a place that tell what they took, one for each basis.
    private List<Charge> known(Place place, Collection<FragmentResponse> responses) {
      var charges = new Charges();
      responses.stream()
          .filter(response -> Charge.isTold(response) && Charge.place(response) == place)
          .forEach(response -> charges.addSucceeded(Charge.of(stage, place, response)));
      return charges.succeeded().toList();
    }

    private List<Charge> told(Spent.Outcome outcome) {
      return attempts.stream().filter(a -> a.outcome() == outcome).map(Charge::of).toList();
    }

    private static boolean isLarge(Charge charge) {
      return charge.place() == Place.LARGE_WORKER;
    }

    private Charge untold(long count, long millisEach) {
      double millis = Math.min(Spent.AMOUNT_MAX, (double) count * millisEach);
      return Charge.assumed(stage, Place.WORKER, count, (long) millis);
    }

    /// All of a charge, or a part of it that can be no more than assumed.
    private static Charge share(Charge charge, long part, long whole) {
      if (part >= whole) {
        return charge;
      }
      long attempts = Math.round((double) charge.attempts() * part / whole);
      double millis = (double) charge.millis() / charge.attempts() * attempts;
      return Charge.assumed(charge.stage(), charge.place(), attempts, (long) Math.ceil(millis));
    }

    private static long millisEach(List<Charge> known, List<Charge> succeeded, long otherwise) {
      long mean = Math.max(mean(known), mean(succeeded));
      return mean == 0 ? otherwise : mean;
    }

    private static long mean(List<Charge> charges) {
      long millis = charges.stream().mapToLong(Charge::millis).sum();
      return Math.ceilDiv(millis, Math.max(1, count(charges)));
    }

    private static long count(List<Charge> charges) {
      return charges.stream().mapToLong(Charge::attempts).sum();
    }
  }
}
