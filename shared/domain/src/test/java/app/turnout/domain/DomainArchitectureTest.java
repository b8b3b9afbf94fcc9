package app.turnout.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "app.turnout.domain", importOptions = DoNotIncludeTests.class)
class DomainArchitectureTest {
  @ArchTest
  static final ArchRule DOMAIN_STANDS_ON_JAVA_ALONE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("app.turnout.domain..", "java..", "org.jspecify..");
}
