/// What Lambda functions are made of that answer no requests.
@NullMarked
package app.turnout.platform.lambda;

import org.jspecify.annotations.NullMarked;
