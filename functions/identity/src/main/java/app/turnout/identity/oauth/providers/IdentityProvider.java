package app.turnout.identity.oauth.providers;

import java.net.URI;

/// A provider's side of the authorization code flow (RFC 6749 §4.1) with PKCE (RFC 7636).
public interface IdentityProvider {
  /// What an attempt sends along.
  ///
  /// @param redirectUri where the provider sends the browser back to
  /// @param state comes back with the browser
  /// @param nonce comes back within what the provider signs, where it signs something
  /// @param codeVerifier proves that who redeems the code is who asked for it
  record Exchange(URI redirectUri, String state, String nonce, String codeVerifier) {
    @Override
    public String toString() {
      return "Exchange";
    }
  }

  Provider provider();

  /// Whether there are credentials of ours for it.
  boolean isConfigured();

  /// Where the browser is sent to. Throws [ProviderUnavailableException].
  URI authorization(Exchange exchange);

  /// Redeems the code that came with the browser, and reads whose it is. Takes some seconds at
  /// most: no transaction should be open.
  Identification identify(String code, Exchange exchange);
}
