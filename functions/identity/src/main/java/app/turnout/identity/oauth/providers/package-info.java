/// The services whose logins open accounts here, each by the protocol it speaks.
@NullMarked
package app.turnout.identity.oauth.providers;

import org.jspecify.annotations.NullMarked;
