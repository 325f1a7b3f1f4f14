/**
 * Reads posts out of files that people bring: X's archive, CSV, JSON. Knows shapes, not meanings: what it hands on are
 * texts with their names and places. Streams; the memory that it takes does not depend on the file.
 */
@NullMarked
package social.coral.content.archive;

import org.jspecify.annotations.NullMarked;
