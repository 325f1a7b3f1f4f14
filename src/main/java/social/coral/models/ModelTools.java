package social.coral.models;

import java.time.Clock;
import social.coral.egress.Egress;
import social.coral.services.Backoff;

/** What calls of models are made with, whosever they are. */
record ModelTools(Egress egress, Clock clock, Backoff backoff, Circuits circuits, RefusedParameters refused) {}
