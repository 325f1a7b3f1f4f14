/** What every page stands in: layout, navigation, assets, theme, toasts, and how times and figures are told. */
@NullMarked
@NamedInterface("frame")
package social.coral.web.frame;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
