package io.frazil.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows of ARCHITECTURE.md's table: what each module must not know.
@AnalyzeClasses(packages = "io.frazil", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArrowsTest {
  private static final String[] AWS = {"software.amazon..", "com.amazonaws.."};
  private static final String CALCITE = "org.apache.calcite..";
  private static final String ICEBERG = "org.apache.iceberg..";
  private static final String HADOOP = "org.apache.hadoop..";

  @ArchTest
  static final ArchRule theEngineKnowsNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.engine..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.frazil..")
                  .and(not(resideInAnyPackage("io.frazil.engine..", "io.frazil.json.."))));

  @ArchTest
  static final ArchRule theEngineKnowsNoCatalogNoPlannerAndNoCloud =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.engine..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(CALCITE, ICEBERG).or(resideInAnyPackage(AWS)));

  @ArchTest
  static final ArchRule calciteAppearsInSqlAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.frazil.sql..", "org.apache.calcite..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CALCITE);

  @ArchTest
  static final ArchRule icebergAppearsInItsCatalogAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.frazil.iceberg..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ICEBERG);

  @ArchTest
  static final ArchRule hadoopAppearsNowhere =
      noClasses().should().dependOnClassesThat().resideInAPackage(HADOOP);

  @ArchTest
  static final ArchRule theCloudAppearsInTheFunctionsTheirStoreAndTheirClientAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.frazil.worker..",
              "io.frazil.coordinator..",
              "io.frazil.s3..",
              "io.frazil.iceberg..",
              "io.frazil.cli.remote..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(AWS));

  @ArchTest
  static final ArchRule icebergTablesKnowOfTheCloudHowItFailsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.iceberg..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(AWS)
                  .and(
                      not(
                          resideInAnyPackage(
                              "software.amazon.awssdk.core.exception..",
                              "software.amazon.awssdk.awscore.exception.."))));

  @ArchTest
  static final ArchRule objectsOnS3KnowStoresAlone =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.s3..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.frazil..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.frazil.s3..",
                              "io.frazil.engine.store..",
                              "io.frazil.engine.memory..",
                              "io.frazil.engine.error..")))
                  .or(resideInAnyPackage(CALCITE, ICEBERG)));

  @ArchTest
  static final ArchRule sqlKnowsTheEngineAlone =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.frazil.session..",
              "io.frazil.iceberg..",
              "io.frazil.events..",
              "io.frazil.worker..",
              "io.frazil.coordinator..",
              "io.frazil.cli..");

  @ArchTest
  static final ArchRule icebergTablesKnowTheEngineAlone =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.iceberg..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.frazil.sql..",
              "io.frazil.session..",
              "io.frazil.events..",
              "io.frazil.worker..",
              "io.frazil.coordinator..",
              "io.frazil.cli..");

  @ArchTest
  static final ArchRule eventsKnowNothingOfFrazil =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.events..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.frazil..")
                  .and(not(resideInAnyPackage("io.frazil.events..", "io.frazil.json.."))));

  @ArchTest
  static final ArchRule theCodecKnowsNothingOfFrazil =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.json..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.frazil..").and(not(resideInAPackage("io.frazil.json.."))));

  @ArchTest
  static final ArchRule theWorkerPlansNothingAndOpensNoCatalog =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.frazil.sql..", "io.frazil.session..", "io.frazil.iceberg..", "io.frazil.cli..");

  @ArchTest
  static final ArchRule theCoordinatorKnowsNoEngineInternals =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.coordinator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.frazil.engine.exec..",
              "io.frazil.engine.evaluate..",
              "io.frazil.engine.kernel..",
              "io.frazil.engine.hash..",
              "io.frazil.engine.parquet..");

  @ArchTest
  static final ArchRule theSessionKnowsNoHandlers =
      noClasses()
          .that()
          .resideInAPackage("io.frazil.session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.frazil.worker..", "io.frazil.coordinator..", "io.frazil.cli..");

  @ArchTest
  static final ArchRule plansKnowNoOperator =
      noClasses()
          .that()
          .resideInAnyPackage("io.frazil.engine.plan..", "io.frazil.engine.expression..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.frazil.engine.exec..",
              "io.frazil.engine.evaluate..",
              "io.frazil.engine.kernel..",
              "io.frazil.engine.parquet..",
              "io.frazil.engine.arrow..");

  @ArchTest
  static final ArchRule vectorsKnowTypesAlone =
      classes()
          .that()
          .resideInAPackage("io.frazil.engine.vector..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "io.frazil.engine.vector..",
              "io.frazil.engine.type..",
              "io.frazil.engine.error..");

  @ArchTest
  static final ArchRule noRoomOfTheEngineIsInACycle =
      slices().matching("io.frazil.engine.(*)..").should().beFreeOfCycles();

  /// A function's process may be one of many that go on from one snapshot, and with it from one
  /// seed: only what asks the system each time differs between them.
  @ArchTest
  static final ArchRule functionsDrawNoRandomNumbersFromSeedsOfTheirProcess =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.frazil.cli..", "io.frazil.benchmarks..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.SplittableRandom");
}
