/// The pages that mails about accounts lead to: each takes the mailed token from its address and
/// gives it to the API when a button is pressed.
@NullMarked
package app.turnout.console.account;

import org.jspecify.annotations.NullMarked;
