package io.frazil.json;

import io.frazil.json.Sample.Leaf;
import io.frazil.json.Sample.Number;
import io.frazil.json.Sample.Planet;
import io.frazil.json.Sample.Shape;
import io.frazil.json.Sample.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Trees by a seed.
final class SampleTrees {
  private static final String[] NAMES = {"", "a", "\"\\\n", "é", "\ud83d\ude00", "\u0000"};

  private final RandomGenerator random;

  SampleTrees(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  Tree tree(int depth) {
    var children = new ArrayList<Tree>();
    for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
      children.add(tree(depth - 1));
    }
    return new Tree(
        random.nextBoolean() ? new Shape.Point() : new Shape.RoundOne(random.nextInt(1 << 20)),
        children,
        random.nextBoolean() ? Map.of() : Map.of(random.nextInt(), List.of(leaf(), leaf())),
        random.nextBoolean() ? Map.of() : Map.of(name(), random.nextLong()),
        new Number(random.nextInt()));
  }

  private Leaf leaf() {
    return new Leaf(
        name(),
        random.nextInt(1 << 30),
        random.nextLong(),
        random.nextDouble() * random.nextInt(),
        random.nextBoolean(),
        random.nextBoolean() ? null : name(),
        Planet.values()[random.nextInt(Planet.values().length)]);
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }
}
