/// Login by another service. The app sends the browser to the provider by way of `start`; the
/// provider sends it back to `callback`, and that on to the app with a code, which the app redeems.
@NullMarked
package app.turnout.identity.oauth;

import org.jspecify.annotations.NullMarked;
