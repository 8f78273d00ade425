package io.frazil.session.estimate;

import io.frazil.session.cost.Interval;

/// How long a machine takes for work: each worker function has processors of its own, workers in
/// one process share those of the process.
///
/// ```
///   on Lambda   a task computes or reads, whichever takes longer, and waits for S3 to begin
///   elsewhere   as many tasks as run at a time get a processor in turns
/// ```
///
/// @param atOnceMax how many tasks of the whole query may run at a time
record Pace(Machine machine, Calibration costs, double atOnceMax) {
  /// Below this a task has too few rows in one place to keep several processors busy.
  private static final double SEVERAL_PROCESSORS_BYTES = 32 << 20;

  /// Of the tasks of a stage that may run at a time, how many do at the least on the average.
  private static final double OVERLAP_MIN = 0.5;

  /// A footer, what it says where the columns are, and these.
  private static final Interval ROUNDS_OF_READS = new Interval(1, 3);

  /// What all tasks of a stage take together, in seconds: the time that workers are paid for.
  Interval billed(StageWork work, Interval tasks) {
    return machine.isElsewhere() ? shared(work, tasks) : apart(work, tasks);
  }

  /// From a stage's first task's start to its last one's end.
  Interval elapsed(StageWork work, Interval tasks) {
    double most = Math.max(1, Math.min(machine.workers(), tasks.high()));
    if (!machine.isElsewhere()) {
      Interval billed = apart(work, tasks);
      double least = Math.max(1, Math.min(machine.workers(), tasks.low()));
      return new Interval(billed.low() / most, billed.high() / least);
    }
    double least = atOnce(tasks).low();
    double processors = machine.processors();
    return work.cpuNanos()
        .times(1e-9)
        .times(
            new Interval(
                Math.max(1 / (machine.threads() * most), 1 / processors),
                Math.max(1 / least, 1 / processors)))
        .plus(costs.taskSeconds().times(new Interval(tasks.low() / most, tasks.high() / least)));
  }

  /// What is done by the process that coordinates.
  Interval here(StageWork work) {
    double processors =
        machine.isElsewhere() ? machine.threads() : machine.shape().coordinatorProcessors();
    Interval computing = work.cpuNanos().times(1e-9);
    double fewest = Math.min(processors, processorsOfATask(work, 1));
    return new Interval(computing.low() / processors, computing.high() / fewest)
        .orLarger(reading(work))
        .plus(costs.taskSeconds())
        .plus(waiting(work));
  }

  /// What a young process takes besides, for each stage that is more than its code has seen.
  Interval young(Interval seconds) {
    return machine.isElsewhere() ? seconds.times(1.0 / (machine.ran() + 1)) : Interval.ZERO;
  }

  /// How many tasks of these a process runs at a time.
  Interval atOnce(Interval tasks) {
    double workers = Math.max(1, machine.workers());
    double least = Math.max(1, Math.min(workers, tasks.low()) * OVERLAP_MIN);
    return new Interval(least, Math.max(least, Math.min(workers, atOnceMax)));
  }

  private Interval shared(StageWork work, Interval tasks) {
    Interval atOnce = atOnce(tasks);
    double processors = machine.processors();
    double most = Math.max(1, atOnce.high() / processors);
    double least = Math.max(1.0 / machine.threads(), atOnce.low() / processors);
    return work.cpuNanos()
        .times(1e-9)
        .times(new Interval(Math.min(least, most), most))
        .plus(costs.taskSeconds().times(tasks).times(new Interval(1, most)));
  }

  private Interval apart(StageWork work, Interval tasks) {
    double processors = machine.shape().workerProcessors();
    double fewest = Math.min(processors, processorsOfATask(work, tasks.high()));
    Interval computing = work.cpuNanos().times(1e-9);
    return new Interval(computing.low() / processors, computing.high() / fewest)
        .orLarger(reading(work))
        .plus(costs.taskSeconds().times(tasks))
        .plus(waiting(work).times(tasks));
  }

  private static double processorsOfATask(StageWork work, double tasks) {
    double bytes = work.fileBytes().low() + work.partialBytes().low();
    return bytes / tasks < SEVERAL_PROCESSORS_BYTES ? 1 : Double.MAX_VALUE;
  }

  private Interval reading(StageWork work) {
    return machine.isElsewhere()
        ? Interval.ZERO
        : work.fileBytes().times(1 / machine.shape().bytesPerSecond());
  }

  /// Until S3 begins to answer: for what is read first, and for a partial that is not sent along.
  private Interval waiting(StageWork work) {
    if (machine.isElsewhere()) {
      return Interval.ZERO;
    }
    Interval writes = new Interval(0, work.partialBytes().high() > 0 ? 1 : 0);
    return costs.s3GetSeconds().times(ROUNDS_OF_READS).plus(costs.s3PutSeconds().times(writes));
  }
}
