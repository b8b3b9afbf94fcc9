/// PostgreSQL, SQS and DynamoDB on one machine: started, stopped and kept between runs as a
/// library.
@NullMarked
package app.turnout.stores;

import org.jspecify.annotations.NullMarked;
