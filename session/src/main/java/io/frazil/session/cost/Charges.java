package io.frazil.session.cost;

import io.frazil.session.cost.Ledger.Basis;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Charges added up: one for each stage, place and basis, in this order.
final class Charges {
  private final Map<Integer, Map<Place, Map<Basis, Charge>>> charges = new TreeMap<>();

  void add(Charge charge) {
    charges
        .computeIfAbsent(charge.stage(), _ -> new TreeMap<>())
        .computeIfAbsent(charge.place(), _ -> new TreeMap<>())
        .merge(charge.basis(), charge, Charge::plus);
  }

  List<Charge> all() {
    return charges.values().stream()
        .flatMap(stage -> stage.values().stream())
        .flatMap(place -> place.values().stream())
        .toList();
  }
}
