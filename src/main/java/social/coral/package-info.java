/** Coral Social. Each package below is a room of the house; {@code docs/architecture.md} draws the floors. */
@NullMarked
package social.coral;

import org.jspecify.annotations.NullMarked;
