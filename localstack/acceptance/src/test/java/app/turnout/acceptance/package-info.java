@NullMarked
package app.turnout.acceptance;

import org.jspecify.annotations.NullMarked;
