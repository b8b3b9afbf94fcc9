/// What those who watch a date are to hear, on its way through the queue `live-updates`.
@NullMarked
package app.turnout.platform.live;

import org.jspecify.annotations.NullMarked;
