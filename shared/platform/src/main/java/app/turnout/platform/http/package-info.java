/// HTTP as API Gateway hands it over: requests in, bodies read strictly, pages and request ids out.
@NullMarked
package app.turnout.platform.http;

import org.jspecify.annotations.NullMarked;
