/// Reading the audit log of an organization.
@NullMarked
package app.turnout.organizations.auditlog;

import org.jspecify.annotations.NullMarked;
