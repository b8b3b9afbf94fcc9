/// What the tests of every area stand on: calls as API Gateway makes them, answers held against
/// their contract.
@NullMarked
package app.turnout.testing;

import org.jspecify.annotations.NullMarked;
