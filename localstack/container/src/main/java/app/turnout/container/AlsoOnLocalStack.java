package app.turnout.container;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// The tests of this class run on the embedded stores, and, where a Docker engine answers, once
/// more on LocalStack: `mvn verify` runs those that have this tag in a second JVM.
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("localstack")
@ExtendWith(DockerAnswers.class)
public @interface AlsoOnLocalStack {}
