package chat.parlance.lines;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.Poll;
import chat.parlance.model.PostRequest;
import chat.parlance.model.Target;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** Commands of polls. */
final class PollCommands {

    private static final Pattern SEPARATOR = Pattern.compile("\\|");
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,2}(?:[\\s,]+\\d{1,2})*");

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "poll [TEXT...]",
                    "ask a question with answers, of which each member chooses one",
                    "/poll What do we plant? | Beans | Peas",
                    (session, arguments) -> ask(session, arguments, false)),
            LineCommand.of(
                    "multipoll TEXT...",
                    "ask a question with answers, of which each member chooses any number",
                    "/multipoll Which days? | Monday | Tuesday | Sunday",
                    (session, arguments) -> ask(session, arguments, true)),
            LineCommand.of(
                    "vote MESSAGE ANSWER...",
                    "vote in a poll, by the numbers of answers or the text of one, instead of your vote before",
                    "/vote 12 2",
                    PollCommands::vote),
            LineCommand.of(
                    "unvote MESSAGE",
                    "take your vote back",
                    "/unvote 12",
                    (session, arguments) -> session.message(arguments.message())
                            .compose(target ->
                                    session.post(new EventBody.Vote(newId(), target.seq(), List.of()), target))),
            LineCommand.of(
                    "close MESSAGE",
                    "close a poll, so that nobody can vote any more",
                    "/close 12",
                    (session, arguments) -> session.message(arguments.message())
                            .compose(target -> session.post(new EventBody.Close(newId(), target.seq()), target))));

    private PollCommands() {}

    private static Future<TerminalText> ask(LineSession session, LineArguments arguments, boolean multiple) {
        List<String> parts = Arrays.stream(
                        SEPARATOR.split(arguments.find("TEXT").isPresent() ? arguments.said() : "", -1))
                .map(String::strip)
                .toList();
        if (parts.size() <= Poll.MIN_OPTIONS) {
            throw arguments.malformed("Write the question and the answers with | between them");
        }
        Poll poll = new Poll(Poll.stored(parts.subList(1, parts.size())), multiple);
        return session.post(new PostRequest(new EventBody.Message(newId(), parts.getFirst(), null, false, poll)));
    }

    private static Future<TerminalText> vote(LineSession session, LineArguments arguments) {
        String answers = arguments.text("ANSWER");
        return session.message(arguments.message())
                .compose(target -> poll(session, target)
                        .compose(poll -> session.post(
                                new EventBody.Vote(newId(), target.seq(), chosen(poll, answers)), target)));
    }

    private static Future<Poll> poll(LineSession session, Target target) {
        return session.rooms()
                .message(session.user(), session.room(), target.seq())
                .map(PollCommands::pollOf);
    }

    private static Poll pollOf(Event event) {
        if (event.body() instanceof EventBody.Message message && message.poll() != null) {
            return message.poll();
        }
        throw new ChatException(ErrorCode.POLL_NOT_FOUND);
    }

    /** Options by their numbers, as the line of the poll shows them, or one by its text in any case. */
    private static List<String> chosen(Poll poll, String answers) {
        List<String> named = poll.options().stream()
                .filter(option -> option.equalsIgnoreCase(answers))
                .toList();
        if (!named.isEmpty()) {
            return List.of(named.getFirst());
        }
        if (!NUMBERS.matcher(answers).matches()) {
            throw new ChatException(
                    ErrorCode.POLL_INVALID_VOTE, "The poll has no answer " + LineArguments.quoted(answers));
        }
        return Arrays.stream(answers.split("[\\s,]+", -1))
                .map(Integer::valueOf)
                .distinct()
                .map(number -> option(poll, number))
                .toList();
    }

    private static String option(Poll poll, int number) {
        if (number < 1 || number > poll.options().size()) {
            throw new ChatException(ErrorCode.POLL_INVALID_VOTE, "The poll has no answer " + number);
        }
        return Objects.requireNonNull(poll.options().get(number - 1));
    }

    private static ClientId newId() {
        return new ClientId(UUID.randomUUID().toString());
    }
}
