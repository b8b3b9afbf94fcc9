/// Accounts: who registers, and whether the e-mail address is theirs.
@NullMarked
package app.turnout.identity.accounts;

import org.jspecify.annotations.NullMarked;
