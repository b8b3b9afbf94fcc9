/// AWS itself in place of the runner's own queues and tables: whose login, which region, and what
/// was made there.
@NullMarked
package app.turnout.runner.aws;

import org.jspecify.annotations.NullMarked;
