package app.turnout.identity.keys;

import app.turnout.platform.security.Open;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.InstantSource;
import java.util.List;

@Controller("/.well-known/jwks.json")
class PublicKeysController {
  private final PublicKeyRepository publicKeys;
  private final InstantSource time;

  PublicKeysController(PublicKeyRepository publicKeys, InstantSource time) {
    this.publicKeys = publicKeys;
    this.time = time;
  }

  /// The public keys of access tokens, for services that verify them on their own. A key is here at
  /// least a quarter of an hour before it signs, and until the last of its tokens has ended.
  @Get
  @Open
  HttpResponse<PublicKeysResponse> list() {
    List<PublicKeyRepository.PublicKey> keys = publicKeys.list(time.instant());
    return HttpResponse.ok(
            new PublicKeysResponse(keys.stream().map(PublicKeysController::response).toList()))
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300");
  }

  private static PublicKeysResponse.Key response(PublicKeyRepository.PublicKey key) {
    return new PublicKeysResponse.Key("OKP", "Ed25519", key.x(), key.id(), "sig", "EdDSA");
  }
}
