/**
 * The one gate for outgoing HTTP: nothing else in the product opens a socket to the outside. It decides which addresses may be
 * reached for what purpose, how long a call may last and how large a response may be. It also opens the channels for gRPC to the
 * operator's own server. Uses the installation for its start faults.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"installation"})
package social.coral.egress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
