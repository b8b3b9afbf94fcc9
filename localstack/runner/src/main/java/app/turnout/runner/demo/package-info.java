/// What an organiser and a phone do together: the demonstration, the replay of a track, and the
/// check of the recorded ride. All of it through the public API.
@NullMarked
package app.turnout.runner.demo;

import org.jspecify.annotations.NullMarked;
