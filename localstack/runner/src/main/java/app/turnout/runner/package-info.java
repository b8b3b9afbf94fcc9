/// Runs `template.yaml` on one machine: the stores, the functions, and what feeds them.
@NullMarked
package app.turnout.runner;

import org.jspecify.annotations.NullMarked;
