package app.turnout.organizations.apikeys;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.util.UUID;
import java.util.function.UnaryOperator;

@Controller("/api/v1/organizations/{organization_id}/api-keys")
class ApiKeyController {
  private final CurrentCaller caller;
  private final KeepApiKeys keepApiKeys;
  private final ApiKeyRepository keys;

  ApiKeyController(CurrentCaller caller, KeepApiKeys keepApiKeys, ApiKeyRepository keys) {
    this.caller = caller;
    this.keepApiKeys = keepApiKeys;
    this.keys = keys;
  }

  /// Makes a key. Its text is in this answer only.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  HttpResponse<CreatedApiKeyResponse> create(
      @PathVariable("organization_id") UUID organizationId, @Body CreateApiKeyRequest request) {
    caller.mustActIn(new OrganizationId(organizationId));
    ApiKey key = keepApiKeys.create(caller.member(), request);
    return HttpResponse.created(
            CreatedApiKeyResponse.of(key, keys.text(key.id())),
            URI.create("/api/v1/organizations/" + organizationId + "/api-keys/" + key.id()))
        .header(HttpHeaders.ETAG, EntityTag.of(key.version()));
  }

  /// The keys that were not revoked, oldest first.
  @Get
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  Page<ApiKeyResponse> list(
      @PathVariable("organization_id") UUID organizationId, PageRequest page) {
    OrganizationId organization = new OrganizationId(organizationId);
    caller.mustActIn(organization);
    return page.of(
        keys.list(organization, page.afterId(), page.limit() + 1), ApiKey::id, ApiKeyResponse::of);
  }

  /// One key. Its ETag is of its name and permissions, not of its last use.
  @Get("/{api_key_id}")
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  HttpResponse<ApiKeyResponse> get(
      @PathVariable("organization_id") UUID organizationId,
      @PathVariable("api_key_id") UUID apiKeyId) {
    OrganizationId organization = new OrganizationId(organizationId);
    caller.mustActIn(organization);
    return keys.find(organization, apiKeyId)
        .map(ApiKeyController::answer)
        .orElseThrow(() -> ProblemException.notFound("API key"));
  }

  /// Replaces the name and the permissions of a key.
  @Put("/{api_key_id}")
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  HttpResponse<ApiKeyResponse> replace(
      @PathVariable("organization_id") UUID organizationId,
      @PathVariable("api_key_id") UUID apiKeyId,
      ExpectedVersion expected,
      @Body UpdateApiKeyRequest request) {
    return update(organizationId, apiKeyId, expected, present -> request);
  }

  /// Changes the name or the permissions of a key.
  @Patch("/{api_key_id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  HttpResponse<ApiKeyResponse> change(
      @PathVariable("organization_id") UUID organizationId,
      @PathVariable("api_key_id") UUID apiKeyId,
      ExpectedVersion expected,
      @Body MergePatch<UpdateApiKeyRequest> patch) {
    return update(organizationId, apiKeyId, expected, patch::appliedTo);
  }

  private HttpResponse<ApiKeyResponse> update(
      UUID organizationId,
      UUID apiKeyId,
      ExpectedVersion expected,
      UnaryOperator<UpdateApiKeyRequest> change) {
    caller.mustActIn(new OrganizationId(organizationId));
    return keepApiKeys
        .update(caller.member(), apiKeyId, expected, change)
        .map(ApiKeyController::answer)
        .orElseThrow(() -> ProblemException.notFound("API key"));
  }

  /// Revokes a key: it opens nothing from now on, and nothing brings it back.
  @Delete("/{api_key_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  void revoke(
      @PathVariable("organization_id") UUID organizationId,
      @PathVariable("api_key_id") UUID apiKeyId) {
    caller.mustActIn(new OrganizationId(organizationId));
    if (!keepApiKeys.revoke(caller.member(), apiKeyId)) {
      throw ProblemException.notFound("API key");
    }
  }

  private static HttpResponse<ApiKeyResponse> answer(ApiKey key) {
    return HttpResponse.ok(ApiKeyResponse.of(key))
        .header(HttpHeaders.ETAG, EntityTag.of(key.version()));
  }
}
