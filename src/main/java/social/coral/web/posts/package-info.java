/** The page of posts: what was collected or imported, what the tenant writes, and the import itself. */
@NullMarked
package social.coral.web.posts;

import org.jspecify.annotations.NullMarked;
