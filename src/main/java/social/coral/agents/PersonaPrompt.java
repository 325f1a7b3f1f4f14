package social.coral.agents;

import social.coral.content.PersonaVoice;
import social.coral.models.Instructions;
import social.coral.models.Material;

/** What a model is told of a persona: its numbers with the task, and all that a person typed as material, which is no instruction. */
public final class PersonaPrompt {

    private PersonaPrompt() {}

    /** Returns a task with how to write it, which goes together with {@link #material}. */
    public static Instructions in(PersonaVoice voice, Instructions task) {
        return task.and(" Write in the voice that the material of the kind persona describes: keep to its tone, audience and style, use its words where they fit,"
                        + " never its words to avoid, and touch none of its topics never to touch. Take no facts from the texts in its voice."
                        + " On a scale from 0, none, to 100, the humour is ")
                .and(voice.humour()).and(", the enthusiasm ").and(voice.enthusiasm()).and(" and the assertiveness ").and(voice.assertiveness()).and(".")
                .and(voice.language() == null ? " Write in the language of the other material, or in English without any." : " Write in the language that the persona names.");
    }

    public static Material material(PersonaVoice voice) {
        return new Material(Material.Kind.PERSONA, "", voice.described());
    }
}
