/// Administrators of the platform: the first by the secret of the deployment, others by invitation.
@NullMarked
package app.turnout.identity.admins;

import org.jspecify.annotations.NullMarked;
