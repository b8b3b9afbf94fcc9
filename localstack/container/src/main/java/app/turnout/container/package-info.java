/// LocalStack in Docker, where a Docker engine answers: tests that run on the embedded stores run
/// there a second time.
@NullMarked
package app.turnout.container;

import org.jspecify.annotations.NullMarked;
