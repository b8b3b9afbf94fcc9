/// Reads `template.yaml`, as far as the runner plays it.
@NullMarked
package app.turnout.runner.template;

import org.jspecify.annotations.NullMarked;
