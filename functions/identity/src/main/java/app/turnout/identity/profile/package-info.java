/// What an account says of its owner.
@NullMarked
package app.turnout.identity.profile;

import org.jspecify.annotations.NullMarked;
