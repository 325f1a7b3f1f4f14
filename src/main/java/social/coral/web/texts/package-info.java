/** The pages of texts that pass review: lists, one text with what was said of it, its versions, and the steps to its approval. */
@NullMarked
package social.coral.web.texts;

import org.jspecify.annotations.NullMarked;
