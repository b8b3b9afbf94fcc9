package app.turnout.identity.keys;

import app.turnout.platform.security.Open;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/.well-known/jwks.json")
class PublicKeysController {
  private final PublicKeyRepository publicKeys;

  PublicKeysController(PublicKeyRepository publicKeys) {
    this.publicKeys = publicKeys;
  }

  /// The public keys of access tokens, for services that verify them on their own.
  @Get
  @Open
  HttpResponse<PublicKeysResponse> list() {
    return HttpResponse.ok(
            new PublicKeysResponse(
                publicKeys.list().stream().map(PublicKeysController::response).toList()))
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300");
  }

  private static PublicKeysResponse.Key response(PublicKeyRepository.PublicKey key) {
    return new PublicKeysResponse.Key("OKP", "Ed25519", key.x(), key.id(), "sig", "EdDSA");
  }
}
