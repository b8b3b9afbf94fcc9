/// The public keys that access tokens are proved with.
@NullMarked
package app.turnout.identity.keys;

import org.jspecify.annotations.NullMarked;
