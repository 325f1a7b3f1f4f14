package social.coral.models;

/**
 * A language model, called with the tenant's own key. What it answers is judged before anybody sees it ({@link Answer}); when it does
 * not answer, that is a {@link social.coral.services.ServiceFault}.
 */
public interface LanguageModel {

    default Answer answer(Prompt prompt) {
        return answer(prompt, Draft.UNSEEN);
    }

    /** Shows the answer while it is written as well. An interrupt of the thread closes the connection and ends the call. */
    Answer answer(Prompt prompt, Draft draft);

    /** A model of OpenAI, or of any server that speaks its chat completions. */
    interface OpenAi extends LanguageModel {}

    /** A model of Anthropic. */
    interface Anthropic extends LanguageModel {}

    /** A model of Perplexity, which searches the web and names its sources. */
    interface Perplexity extends LanguageModel {}
}
