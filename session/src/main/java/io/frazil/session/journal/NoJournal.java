package io.frazil.session.journal;

import io.frazil.engine.store.ObjectInfo;
import io.frazil.events.FragmentResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Of a query that nobody else goes on with: what it wrote goes when it does.
public record NoJournal(StageObjects objects) implements StageJournal {
  @Override
  public Optional<List<FragmentResponse>> closed(int stage) {
    return Optional.empty();
  }

  @Override
  public Map<Integer, FragmentResponse> left(int stage) {
    return Map.of();
  }

  @Override
  public Map<Integer, TaskAttempts> attempts(int stage) {
    return Map.of();
  }

  @Override
  public List<FragmentResponse> stopped(int stage) {
    return List.of();
  }

  @Override
  public void close(int stage, List<FragmentResponse> winners) {
    // Nobody will ask.
  }

  @Override
  public boolean isKept() {
    return false;
  }

  @Override
  public boolean handOver() {
    return false;
  }

  @Override
  public void seal() {
    // Nothing is written anyway.
  }

  @Override
  public void end() {
    for (ObjectInfo object : objects.store().list(objects.folder())) {
      objects.store().delete(object.location());
    }
  }
}
