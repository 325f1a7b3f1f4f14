/** The settings: who the person is. */
@NullMarked
package social.coral.web.settings;

import org.jspecify.annotations.NullMarked;
