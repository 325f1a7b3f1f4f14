/**
 * Reads posts from uploaded files: X's archive, CSV, JSON. Knows formats, not meanings: it passes on texts with their field
 * names and locations. Streams; its memory does not depend on the file's size.
 */
@NullMarked
package social.coral.imports.archive;

import org.jspecify.annotations.NullMarked;
