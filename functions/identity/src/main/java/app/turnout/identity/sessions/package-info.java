/// Sessions: login, the refresh tokens of one login, the access tokens made from them.
@NullMarked
package app.turnout.identity.sessions;

import org.jspecify.annotations.NullMarked;
