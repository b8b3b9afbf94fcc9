/// The API's description for people to read and try, by Swagger UI and ReDoc, from files of our
/// own.
@NullMarked
package app.turnout.console.docs;

import org.jspecify.annotations.NullMarked;
