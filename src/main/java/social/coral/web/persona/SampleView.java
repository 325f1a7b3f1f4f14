package social.coral.web.persona;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.agents.PersonaTrials;
import social.coral.content.PersonaSample;
import social.coral.content.VoiceBreach;
import social.coral.web.frame.Figures;

/**
 * A sample of what is typed.
 *
 * @param problem why there is none; null where there is one
 * @param price what a sample of the person's model costs; null without a key
 */
public record SampleView(@Nullable String problem, List<Part> parts, List<String> breaches, List<String> notes, @Nullable String price) {

    /** A piece of the text. */
    public record Part(String text, boolean isBreach) {}

    static SampleView of(PersonaSample sample, PersonaTrials.@Nullable Offer offer) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (VoiceBreach breach : sample.breaches()) {
            if (breach.start() >= at) {
                parts.add(new Part(sample.text().substring(at, breach.start()), false));
                parts.add(new Part(sample.text().substring(breach.start(), breach.end()), true));
                at = breach.end();
            }
        }
        parts.add(new Part(sample.text().substring(at), false));
        return new SampleView(null, parts, sample.breaches().stream().map(VoiceBreach::term).distinct().toList(), sample.notes(), price(offer));
    }

    static SampleView without(String problem, PersonaTrials.@Nullable Offer offer) {
        return new SampleView(problem, List.of(), List.of(), List.of(), price(offer));
    }

    private static @Nullable String price(PersonaTrials.@Nullable Offer offer) {
        if (offer == null) {
            return null;
        }
        // Rounded up, so that it is never less than the call may cost.
        long price = Math.ceilDiv(offer.priceMicroUsd(), 100) * 100;
        return offer.model() + " writes a sample of at most 60 words. "
                + (price == 0 ? "It costs nothing." : "It costs at most " + Figures.exactMoney(price) + ", which counts against your limits.");
    }
}
