/// What an account is proved and reached by, its password and its address: how they are changed,
/// how they are set anew when they were forgotten, and how an account is left.
@NullMarked
package app.turnout.identity.credentials;

import org.jspecify.annotations.NullMarked;
