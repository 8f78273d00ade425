package io.frazil.engine.prime;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.management.JMException;

/// Runs work of the same kind again and again until the JVM has compiled what is hot in it, or a
/// limit is reached.
///
/// It has, once it spends next to nothing of its time on compiling.
public final class Rounds {
  /// The variable that says how long it may take at most; `0` leaves it out.
  public static final String VARIABLE = "FRAZIL_PRIMING_SECONDS";

  /// Well below the minutes that Lambda leaves to what runs before a snapshot.
  private static final String SNAPSHOT = "snap-start";

  private static final int SECONDS = 60;

  /// So many rounds are looked at together.
  private static final int SPAN = 50;

  /// Code is called thousands of times before C2 looks at it, and a round calls some of it once.
  private static final int LEAST = 300;

  private static final double IDLE_SHARE = 0.03;

  /// Longer than most of what C2 does takes, which is counted when it has ended.
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private static final int SETTLING_MAX = 15;

  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private final long start = System.nanoTime();
  private final Duration longest;
  private final int most;
  private int done;

  private Rounds(Duration longest, int most) {
    this.longest = longest;
    this.most = most;
  }

  /// One round's work.
  public interface Round {
    /// @param number from 0
    void run(int number);
  }

  /// So many rounds, however long they take.
  public static Rounds of(int rounds) {
    return new Rounds(Duration.ofDays(1), rounds);
  }

  /// Whether this process is one that Lambda makes a snapshot of. Where there is none to be, what
  /// registers for it would load classes for nothing.
  ///
  /// @param variables of the function
  public static boolean areWanted(Map<String, String> variables) {
    return SNAPSHOT.equals(variables.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
  }

  /// Primes, and says on the log how that went: nothing that goes wrong is thrown.
  ///
  /// @param what is primed
  /// @param variables of the function
  /// @param log takes one line
  /// @param priming is handed the rounds to run
  public static void logged(
      String what, Map<String, String> variables, Consumer<String> log, Consumer<Rounds> priming) {
    var rounds = new Rounds(longest(variables), Integer.MAX_VALUE);
    if (rounds.longest.isZero()) {
      return;
    }
    direct(what, log);
    RuntimeClasses.load();
    String end;
    try {
      priming.accept(rounds);
      rounds.settle();
      end = "primed";
    } catch (RuntimeException | Error e) {
      end = "not wholly primed, and will start slower: " + e;
    }
    log.accept(
        String.format(
            Locale.ROOT, "%s: %s (%d rounds, %.1f s)", what, end, rounds.done, rounds.seconds()));
  }

  private static void direct(String what, Consumer<String> log) {
    try {
      CompilerDirectives.add();
    } catch (IOException | JMException | RuntimeException e) {
      log.accept(what + ": primed with C2 for everything, which takes longer: " + e);
    }
  }

  /// Runs so many rounds, as far as half of the time goes: of what happens once in a function's
  /// life, and would else never come often enough to be compiled.
  public void first(int rounds, Round round) {
    for (int i = 0; i < Math.min(rounds, most) && seconds() < longest.toSeconds() / 2.0; i++) {
      round.run(i);
    }
  }

  /// Runs rounds until they are fast.
  public void run(Round round) {
    long compiled = 0;
    double since = seconds();
    while (done < most && seconds() < longest.toSeconds()) {
      round.run(done);
      done++;
      if (done % SPAN == 0) {
        double now = seconds();
        long total = compiler.getTotalCompilationTime();
        double share = (total - compiled) / 1e3 / (now - since);
        if (done >= LEAST && share < IDLE_SHARE) {
          return;
        }
        compiled = total;
        since = now;
      }
    }
  }

  /// Collects what priming has left, and runs so many rounds more. A full collection moves what
  /// they use and has each compiled method pass a barrier at its next call, which makes the first
  /// round after it several times as long; and the runtime asks for one before the snapshot. So it
  /// is made here, and the functions' flags have the JVM leave out those that are asked for
  /// (`-XX:+DisableExplicitGC`, which this command does not heed).
  public void afterCollecting(int rounds, Round round) {
    try {
      String _ = DiagnosticCommand.run("gcRun");
    } catch (JMException e) {
      throw new IllegalStateException("this JVM collects nothing when it is told to", e);
    }
    for (int i = 0; i < Math.min(rounds, most); i++) {
      round.run(i);
    }
  }

  /// Waits until what is to be compiled has been: the compilers would else go on after the restore,
  /// beside the first request.
  private void settle() {
    long before = -1;
    long compiled = compiler.getTotalCompilationTime();
    for (int i = 0; i < SETTLING_MAX && compiled != before; i++) {
      try {
        Thread.sleep(SETTLING);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      before = compiled;
      compiled = compiler.getTotalCompilationTime();
    }
  }

  private static Duration longest(Map<String, String> variables) {
    String seconds = variables.getOrDefault(VARIABLE, "");
    try {
      return Duration.ofSeconds(seconds.isEmpty() ? SECONDS : Integer.parseInt(seconds));
    } catch (NumberFormatException _) {
      return Duration.ofSeconds(SECONDS);
    }
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
