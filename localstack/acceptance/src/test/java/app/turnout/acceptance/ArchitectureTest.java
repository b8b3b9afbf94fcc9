package app.turnout.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How the packaged classes may depend on each other.
class ArchitectureTest {
  private static final Set<String> ACCESS =
      Set.of("RequiresPermission", "SignedIn", "SuperAdminOnly", "WithLink", "WithDevice", "Open");

  private static JavaClasses functions;

  @BeforeAll
  static void importClasses() {
    functions = PackagedClasses.all();
    assertThat(functions).hasSizeGreaterThan(100);
  }

  @Test
  void noAreaImportsAnother() {
    slices()
        .matching("app.turnout.(*)..")
        .namingSlices("$1")
        .as("areas")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            DescribedPredicate.alwaysTrue(),
            DescribedPredicate.describe(
                "shared",
                type ->
                    type.getPackageName().startsWith("app.turnout.platform")
                        || type.getPackageName().startsWith("app.turnout.domain")
                        || type.getPackageName().startsWith("app.turnout.schema")))
        .check(functions);
  }

  @Test
  void onlyTheEdgeReadsTheClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage("app.turnout.platform.time")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "reads the system's time",
                (JavaCall<?> call) ->
                    (call.getTarget().getName().equals("now")
                            && call.getTargetOwner().getPackageName().startsWith("java.time"))
                        || call.getTarget()
                            .getFullName()
                            .startsWith("java.time.InstantSource.system")
                        || call.getTarget().getFullName().startsWith("java.time.Clock.system")
                        || call.getTarget()
                            .getFullName()
                            .equals("java.lang.System.currentTimeMillis()")
                        || call.getTarget().getFullName().equals("java.util.Date.<init>()")))
        .check(functions);
  }

  @Test
  void onlyTheEdgeReadsRandomness() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "app.turnout.platform.tokens",
            "app.turnout.platform.http",
            "app.turnout.platform.tracing")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "reads randomness",
                (JavaCall<?> call) ->
                    call.getTarget().getFullName().equals("java.util.UUID.randomUUID()")
                        || call.getTarget().getFullName().equals("java.lang.Math.random()")
                        || call.getTarget()
                            .getFullName()
                            .startsWith("java.util.concurrent.ThreadLocalRandom.current")))
        .check(functions);
  }

  @Test
  void everyEndpointDeclaresWhoMayCallIt() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith("io.micronaut.http.annotation.Controller")
        .and(
            DescribedPredicate.describe(
                "are endpoints",
                method ->
                    method.getAnnotations().stream()
                        .anyMatch(
                            annotation ->
                                annotation
                                    .getRawType()
                                    .isMetaAnnotatedWith(
                                        "io.micronaut.http.annotation.HttpMethodMapping"))))
        .should(
            new ArchCondition<>("declare exactly one of " + ACCESS) {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                long declared =
                    method.getAnnotations().stream()
                        .filter(
                            annotation -> ACCESS.contains(annotation.getRawType().getSimpleName()))
                        .count();
                events.add(
                    new SimpleConditionEvent(
                        method, declared == 1, method.getFullName() + " declares " + declared));
              }
            })
        .check(functions);
  }
}
