/// What Lambda's event source mapping does between a queue and a function.
@NullMarked
package app.turnout.runner.queue;

import org.jspecify.annotations.NullMarked;
