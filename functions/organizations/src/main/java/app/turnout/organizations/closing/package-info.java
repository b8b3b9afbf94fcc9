/// Organizations that are being deleted: asked for, taken back, and the receipt when all is gone.
@NullMarked
package app.turnout.organizations.closing;

import org.jspecify.annotations.NullMarked;
