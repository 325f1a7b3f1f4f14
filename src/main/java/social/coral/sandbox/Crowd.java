package social.coral.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.sandbox.SandboxPost.Reference;

/** People who write to the accounts that clients act as: sometimes out of the blue, more often about the newest post. */
final class Crowd {

    private static final long SLOT = 5_400_000L;
    private static final long FRESH = 172_800_000L;
    private static final int SLOTS_BACK = 220;

    /** A sentence and its language. */
    private record Line(String lang, Phrase phrase) {}

    private final OwnAccounts own;
    private final List<Account> people = new ArrayList<>();
    private final List<Line> answers = new ArrayList<>();
    private final List<Line> remarks = new ArrayList<>();

    Crowd(OwnAccounts own) {
        this.own = own;
        try (InputStream in = Crowd.class.getResourceAsStream("authors/crowd.txt")) {
            if (in == null) {
                throw new IllegalStateException("the sandbox lacks its file crowd.txt");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split("\\|", 3))
                    .filter(parts -> parts.length == 3).forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String[] parts) {
        String second = parts[1].strip();
        switch (parts[0].strip()) {
            case "person" -> people.add(Account.of(second, parts[2].strip(), "", 20 + (int) (Dice.seed(second) >>> 55)));
            case "answer" -> answers.add(new Line(second, new Phrase(parts[2].strip())));
            default -> remarks.add(new Line(second, new Phrase(parts[2].strip())));
        }
    }

    List<Account> people() {
        return people;
    }

    /** Returns the crowd's recent posts to an account, newest first. */
    List<SandboxPost> mentions(Account account, long now) {
        List<SandboxPost> mentions = new ArrayList<>();
        long newest = Math.floorDiv(now, SLOT);
        for (long slot = newest; slot > newest - SLOTS_BACK; slot--) {
            SandboxPost mention = mention(account, slot);
            if (mention != null && mention.epochMilli() <= now) {
                mentions.add(mention);
            }
        }
        return mentions;
    }

    private @Nullable SandboxPost mention(Account account, long slot) {
        Dice dice = Dice.of(account.id(), slot, 11);
        if (!dice.chance(45)) {
            return null;
        }
        long time = slot * SLOT + dice.below((int) SLOT);
        Account person = people.get((int) Math.floorMod(slot, (long) people.size()));
        SandboxPost post = own.newestBefore(account, time);
        boolean answersPost = post != null && time - post.epochMilli() < FRESH && dice.chance(80);
        Line line = (answersPost ? answers : remarks).get((int) Math.floorMod(slot, (long) (answersPost ? answers : remarks).size()));
        long id = Snowflake.id(time, Snowflake.CROWD, dice.next());
        return new SandboxPost(id, person.id(), line.lang(), "@" + account.handle() + " " + line.phrase().say(dice),
                answersPost && post != null ? post.conversation() : id,
                answersPost && post != null ? new Reference(Reference.Kind.REPLIED_TO, post.id(), account.id()) : null, null,
                Engagement.potential(person, false, dice));
    }
}
