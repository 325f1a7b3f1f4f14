package social.coral.web.texts;

import java.util.List;
import java.util.UUID;
import social.coral.TestPerson;
import social.coral.content.Blog;
import social.coral.content.Blogs;
import social.coral.content.NewBlog;
import social.coral.content.NewThread;
import social.coral.content.NoteInput;
import social.coral.content.Revision;
import social.coral.content.TextSource;
import social.coral.content.TweetThread;
import social.coral.content.TweetThreads;
import social.coral.tenancy.Actor;

/** What agents leave for a person of a test. */
final class AgentTexts {

    private static final Actor WRITING = Actor.agent("blog-writing");

    private AgentTexts() {}

    /** A blog post in review, of two versions, whose second answers a note. */
    static UUID blog(Blogs blogs, TestPerson person, String content) {
        List<TextSource> sources = List.of(new TextSource(1, "https://example.org/reefs", "Reefs of the north", null));
        return person.tenant().call(() -> WRITING.call(() -> {
            Blog first = blogs.draft(new NewBlog("Reefs in winter", "Corals grow slowly in winter.", sources, "extracts", null, null));
            blogs.note(first.id(), new NoteInput("Evidence: say by how much.", "grow slowly"));
            blogs.revise(first.id(), new Revision("Reefs in winter", List.of(content), sources, "extracts"), blogs.get(first.id()).updatedAt());
            return blogs.submit(first.id()).id();
        }));
    }

    /** A thread in review. */
    static UUID thread(TweetThreads threads, TestPerson person, String... parts) {
        return person.tenant().call(() -> WRITING.call(() -> {
            TweetThread draft = threads.draft(new NewThread("Winter", List.of(parts), List.of(), "gpt-4o", null, null));
            return threads.submit(draft.id()).id();
        }));
    }
}
