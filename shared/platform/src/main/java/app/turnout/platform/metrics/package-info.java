/// What functions measure of themselves, as lines of CloudWatch's embedded metric format.
@NullMarked
package app.turnout.platform.metrics;

import org.jspecify.annotations.NullMarked;
