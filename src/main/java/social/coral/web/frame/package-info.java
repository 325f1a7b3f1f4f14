/** The frame of every page: layout, navigation, lists, forms, assets, theme, toasts, and the words for times and figures. */
@NullMarked
@NamedInterface("frame")
package social.coral.web.frame;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
