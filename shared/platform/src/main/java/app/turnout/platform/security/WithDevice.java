package app.turnout.platform.security;

import io.micronaut.aop.Around;
import io.micronaut.context.annotation.Type;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A participant's device may call, and nobody else. Its token stands in `Authorization`, or where
/// a [DeviceTokenFinder] finds it: the apps that such an endpoint is for can set no header.
@Around
@Type(AccessInterceptor.class)
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface WithDevice {}
