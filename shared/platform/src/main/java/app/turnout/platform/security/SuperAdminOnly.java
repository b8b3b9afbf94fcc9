package app.turnout.platform.security;

import io.micronaut.aop.Around;
import io.micronaut.context.annotation.Type;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An administrator of the platform may call; no organization is entered.
@Around
@SecurityRequirement(name = "access_token")
@Type(AccessInterceptor.class)
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SuperAdminOnly {}
