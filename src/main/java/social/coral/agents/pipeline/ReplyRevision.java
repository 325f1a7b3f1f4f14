package social.coral.agents.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.agents.PersonaPrompt;
import social.coral.agents.Run;
import social.coral.content.Mention;
import social.coral.content.Persona;
import social.coral.content.Reply;
import social.coral.content.ReviewNote;
import social.coral.content.Revision;
import social.coral.content.TextSource;
import social.coral.models.Answer;
import social.coral.models.Extracts;
import social.coral.models.Instructions;
import social.coral.models.JsonSchema;
import social.coral.models.LanguageModel;
import social.coral.models.Material;
import social.coral.models.Material.Kind;
import social.coral.models.Prompt;
import social.coral.models.Sentences;

/** Revises one reply of which changes are wanted, as a step of a run. */
record ReplyRevision(Run run, String step, Run.Memory memory) {

    private static final JsonSchema REPLY = JsonSchema.of("reply", """
            {"type": "object", "properties": {"reply": {"type": "string"}}, "required": ["reply"], "additionalProperties": false}""");
    private static final Instructions TASK = Instructions.of("""
            Revise the reply in the material of the kind draft: do what its notes ask for and leave the rest as it is. The material of the kind mention is \
            what it answers, that of the kind post the conversation before it, the oldest first, or what the reply was written from. The reply has at most \
            250 characters, keeps its language, and claims nothing that the draft and the material do not say. Write no links, hashtags, names of accounts \
            or markers.""");

    /** What the step remembers: a model is asked once, whatever happens behind it. */
    record Made(String content, String model, boolean stored) {}

    String revise() {
        Reply reply = Answers.sentBack(run.data().replies(), run.subject()).stream().filter(one -> XReply.revision(one).equals(step)).findFirst()
                .orElseThrow(() -> new Run.Skipped("It was changed or removed meanwhile"));
        UUID id = reply.id();
        List<ReviewNote> notes = Answers.open(run.data().replies(), id);
        memory.read("Reply", reply.content(), "/replies/" + id);
        notes.forEach(note -> memory.read("Note", Answers.noted(note), null));
        Made made = run.recalled(step, Made.class).orElseGet(() -> {
            Made one = run.optional(LanguageModel.class).map(model -> asked(model, reply, notes)).orElseGet(() -> without(reply, notes));
            return memory.commit(() -> new Run.Committed<>(one, one));
        });
        return memory.commit(() -> {
            run.data().replies().revise(id, new Revision(null, List.of(made.content()), reply.sources(), made.model()), reply.updatedAt());
            memory.made("Reply", made.content(), "/replies/" + id);
            return new Run.Committed<>(new Made(made.content(), made.model(), true),
                    Answers.revised(run.data().replies().submit(id), !made.content().equals(reply.content())));
        });
    }

    private Made asked(LanguageModel model, Reply reply, List<ReviewNote> notes) {
        Persona persona = BlogWriting.persona(run);
        Mention mention = run.data().mentions().find(reply.postId()).orElse(null);
        List<Material> material = new ArrayList<>(List.of(BlogWriting.described(persona)));
        run.data().posts().of(reply.sources().stream().map(TextSource::postId).filter(Objects::nonNull).toList()).values()
                .forEach(post -> material.add(new Material(Kind.POST, "@" + post.author(), post.content())));
        if (mention != null) {
            run.data().mentions().context(mention).orElse(List.of())
                    .forEach(post -> material.add(new Material(Kind.POST, "@" + post.author(), post.content())));
            material.add(new Material(Kind.MENTION, "@" + mention.author(), mention.content()));
        }
        material.add(Answers.material(Kind.DRAFT, reply.content()));
        notes.forEach(note -> material.add(Answers.material(Kind.NOTE, Answers.noted(note))));
        Answer.Json answer = Answers.json(model.answer(new Prompt(PersonaPrompt.in(persona.voice(), TASK), material).with(REPLY)));
        return new Made(MentionReply.plain(answer.value().path("reply").asString(""), language(mention), run.data().limits().current()), Answers.model(answer), false);
    }

    /** Without a model, the sentences that notes are about are left out. */
    private static Made without(Reply reply, List<ReviewNote> notes) {
        return new Made(String.join(" ", Answers.without(notes, new Sentences(null).parts(reply.content()), false)),
                Objects.requireNonNullElse(reply.writtenBy().model(), Extracts.NAME), false);
    }

    private static @Nullable String language(@Nullable Mention mention) {
        return mention == null ? null : mention.lang();
    }
}
