package social.coral.agents.pipeline;

import com.twitter.twittertext.Extractor.Entity;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import social.coral.content.Mention.Reason;
import social.coral.content.PostEntities;
import social.coral.knowledge.TextFeatures;

/**
 * Recognizes mentions that plainly are none to answer, by their words in five languages. It is sure of little, so that nobody's question is
 * lost to it; a model, where there is one, judges the rest, and a person can overrule both.
 */
final class MentionJudge {

    private static final int MANY_NAMES = 6;
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cf}\\x{e0000}-\\x{e007f}]+");

    /** Attempts to have a program do something else, and words that are only ever meant to hurt. */
    private static final Pattern HOSTILE = Pattern.compile(
            "(?<!n't |not |never )\\b(?:ignore|disregard|forget|override|bypass)\\b.{0,40}\\b(?:instructions?|prompts?)\\b"
                    + "|(?<!n't |not |never )\\b(?:ignore|disregard|forget|override|bypass)\\b.{0,30}\\b(?:your|all|previous|prior|above|earlier)\\b.{0,30}\\b(?:rules|guidelines)\\b"
                    + "|\\b(?:ignoriere|vergiss|missachte)\\b(?! (?:nicht|nie))\\b.{0,40}\\b(?:anweisung(?:en)?|befehle?|regeln|vorgaben)\\b"
                    + "|\\b(?:ignora|olvida|omite)\\b.{0,40}\\b(?:instrucciones|reglas|órdenes|instruções|regras)\\b"
                    + "|(?<!n't |not |never )\\b(?:ignore[sz]?|oublie[sz]?)\\b.{0,40}\\b(?:instructions|consignes|règles)\\b"
                    + "|\\b(?:ignore|esqueça|esquece)\\b.{0,40}\\b(?:instruções|regras|ordens)\\b"
                    + "|\\b(?:reveal|show|print|repeat|output|tell|send|give|paste|your)\\b.{0,30}\\b(?:system|developer) prompt\\b"
                    + "|\\b(?:reveal|show|send|give|print|post|tell|share|leak|paste|output|zeig\\w*|nenn\\w*|verrat\\w*|send\\w*|schick\\w*|gib"
                    + "|mu[eé]str\\w*|dime|envía\\w*|donne\\w*|montre\\w*|envoie\\w*|révèle\\w*|mostr\\w*|diga|envie|revele)\\b.{0,40}"
                    + "\\b(?:your|deine?[nr]?|ihre?[nr]?|tu|votre|ta|ton|sua|seu|teu)\\b.{0,20}\\b(?:api[- ]?keys?|passwords?|tokens?|passwort|contraseña|mot de passe|senha)\\b"
                    + "|\\bkill yourself\\b|\\bkys\\b|\\b(?:fuck|screw) (?:you|off)\\b"
                    + "|\\byou(?:'re| are) (?:an? )?(?:idiot|moron|scum|pathetic|worthless)\\b"
                    + "|\\barschl(?:o|ö)ch|\\bhurensohn\\b|\\bhalt die fresse\\b|\\bverpiss dich\\b|\\bdu idiot\\b"
                    + "|\\bhij[oa] de puta\\b|\\bpendej[oa]\\b|\\bvete a la mierda\\b"
                    + "|\\bconnard\\b|\\bta gueule\\b|\\bva te faire\\b|\\bvai se foder\\b|\\bfilho da puta\\b",
            Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern PROMOTION = Pattern.compile(
            "\\b(?:win|free|prize|giveaway|airdrop|crypto|bitcoin|nft|followers|promo(?:tion)?|discount|click|earn"
                    + "|gewinn(?:e|en|spiel)?|kostenlos|gratis|rabatt|sorteo|premio"
                    + "|descuento|gratuit|cadeau|concours|grátis|prêmio|desconto|ganhe)\\b", Pattern.UNICODE_CHARACTER_CLASS);

    private MentionJudge() {}

    /** Returns why a mention is not to be answered; empty if it may be. */
    static Optional<Reason> of(String text) {
        String plain = HIDDEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("").replace('’', '\'').toLowerCase(Locale.ROOT);
        List<Entity> entities = PostEntities.in(text);
        if (HOSTILE.matcher(plain).find()) {
            return Optional.of(Reason.HOSTILE);
        }
        boolean hasLink = entities.stream().anyMatch(entity -> entity.getType() == Entity.Type.URL);
        boolean namesMany = entities.stream().filter(entity -> entity.getType() == Entity.Type.MENTION).count() >= MANY_NAMES;
        boolean saysNothing = TextFeatures.of(text, null).said().codePoints()
                .noneMatch(point -> Character.isLetterOrDigit(point) || Character.isEmoji(point));
        // One such word stands in many a question.
        boolean promotes = PROMOTION.matcher(plain).results().map(MatchResult::group).distinct().limit(2).count() == 2;
        return namesMany || saysNothing || hasLink && promotes ? Optional.of(Reason.AUTOMATIC) : Optional.empty();
    }
}
