package io.frazil.session.cost;

import io.frazil.events.Spent;
import io.frazil.session.cost.Ledger.Basis;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Charges of attempts that ended, added up: one for each stage, place and basis, in this order,
/// apart by whether they succeeded.
final class Charges {
  private final Map<Integer, Map<Place, Map<Basis, Charge>>> succeeded = new TreeMap<>();
  private final Map<Integer, Map<Place, Map<Basis, Charge>>> failed = new TreeMap<>();

  void addSucceeded(Charge charge) {
    add(succeeded, charge);
  }

  void addFailed(Charge charge) {
    add(failed, charge);
  }

  /// All of others.
  void add(Charges others) {
    others.succeeded().forEach(this::addSucceeded);
    others.failed().forEach(this::addFailed);
  }

  private static void add(Map<Integer, Map<Place, Map<Basis, Charge>>> to, Charge charge) {
    if (charge.attempts() > 0) {
      to.computeIfAbsent(charge.stage(), _ -> new TreeMap<>())
          .computeIfAbsent(charge.place(), _ -> new TreeMap<>())
          .merge(charge.basis(), charge, Charge::plus);
    }
  }

  Stream<Charge> succeeded() {
    return all(succeeded);
  }

  Stream<Charge> failed() {
    return all(failed);
  }

  /// How many there are.
  long attempts() {
    return Stream.concat(succeeded(), failed()).mapToLong(Charge::attempts).sum();
  }

  /// Both, one for each stage, place and basis.
  List<Charge> all() {
    Map<Integer, Map<Place, Map<Basis, Charge>>> both = new TreeMap<>();
    Consumer<Charge> add = charge -> add(both, charge);
    succeeded().forEach(add);
    failed().forEach(add);
    return all(both).toList();
  }

  /// The same to tell another coordinator: what ran in this one's process is told with that.
  Stream<Spent.Attempts> told() {
    return Stream.concat(
        told(succeeded(), Spent.Outcome.SUCCEEDED), told(failed(), Spent.Outcome.FAILED));
  }

  static Stream<Spent.Attempts> told(Stream<Charge> charges, Spent.Outcome outcome) {
    return charges
        .filter(charge -> charge.place() != Place.HERE)
        .map(charge -> charge.told(outcome));
  }

  private static Stream<Charge> all(Map<Integer, Map<Place, Map<Basis, Charge>>> charges) {
    return charges.values().stream()
        .flatMap(stage -> stage.values().stream())
        .flatMap(place -> place.values().stream());
  }
}
