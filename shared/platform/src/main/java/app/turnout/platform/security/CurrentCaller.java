package app.turnout.platform.security;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.UserId;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The caller of the request that is being answered. Each getter throws IllegalStateException where
/// the endpoint's declaration does not let such a caller in.
@Singleton
public final class CurrentCaller {
  static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  public Caller get() {
    if (!CURRENT.isBound()) {
      throw new IllegalStateException("The endpoint declares no caller");
    }
    return CURRENT.get();
  }

  /// The account that calls.
  public UserId user() {
    return switch (get()) {
      case Caller.User user -> user.user();
      case Caller.Member member -> member.user();
      case Caller.ApiKey key -> throw new IllegalStateException("An API key has no account");
      case Caller.Link link -> throw new IllegalStateException("A link has no account");
      case Caller.Device device -> throw new IllegalStateException("A device has no account");
    };
  }

  /// The account that calls; empty when it is a program, a link or a device that does.
  public Optional<UserId> findUser() {
    return switch (get()) {
      case Caller.User user -> Optional.of(user.user());
      case Caller.Member member -> Optional.of(member.user());
      case Caller.ApiKey key -> Optional.empty();
      case Caller.Link link -> Optional.empty();
      case Caller.Device device -> Optional.empty();
    };
  }

  /// Somebody with an account, in no organization: whom `@SignedIn` lets in.
  public Caller.User account() {
    if (get() instanceof Caller.User account) {
      return account;
    }
    throw new IllegalStateException("Not an account calls");
  }

  /// Somebody with an account, acting in an organization.
  public Caller.Member member() {
    if (get() instanceof Caller.Member member) {
      return member;
    }
    throw new IllegalStateException("Not a member calls");
  }

  /// The account that calls and its session, at an endpoint for whoever is signed in.
  public Caller.User signedIn() {
    if (get() instanceof Caller.User user) {
      return user;
    }
    throw new IllegalStateException("The endpoint is not for whoever is signed in");
  }

  /// The tenant that this transaction is bound to.
  public OrganizationId organization() {
    return switch (get()) {
      case Caller.Member member -> member.organization();
      case Caller.ApiKey key -> key.organization();
      case Caller.Link link -> link.organization();
      case Caller.Device device -> device.organization();
      case Caller.User user -> throw new IllegalStateException("No organization was entered");
    };
  }

  /// Refuses an organization other than the one that was entered, as if that one were not there.
  public void mustActIn(OrganizationId organization) {
    if (!organization().equals(organization)) {
      throw ProblemException.notFound("organization");
    }
  }

  /// Refuses a link or a device that speaks of somebody else, as if that one were not there.
  public void mustSpeakFor(ParticipantId participant) {
    if (!participant().map(participant::equals).orElse(true)) {
      throw ProblemException.notFound("participant");
    }
  }

  /// The one participant that the caller speaks for; empty when it is a member or a program.
  public Optional<ParticipantId> participant() {
    return switch (get()) {
      case Caller.Link link -> Optional.of(link.participant());
      case Caller.Device device -> Optional.of(device.participant());
      case Caller.User _, Caller.Member _, Caller.ApiKey _ -> Optional.empty();
    };
  }
}
