package app.turnout.platform.security;

import io.micronaut.aop.Around;
import io.micronaut.context.annotation.Type;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The holder of a participant's link may call.
@Around
@SecurityRequirement(name = "link_token")
@Type(AccessInterceptor.class)
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface WithLink {
  /// Whether a device of the participant's may call too: where positions are taken.
  boolean orDevice() default false;
}
