package chat.parlance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.persistence.EmbeddedDatabase;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.EveryKind;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds stored data that does not follow from the events, and reports nothing that a node has stored itself. */
final class DerivedStateIT {

    /** Rooms that are sound after {@link EveryKind#live}, and each damaged once afterwards. */
    private static final List<String> ROOMS = List.of(
            "sound",
            "role",
            "mute",
            "topic",
            "archive",
            "marker",
            "text",
            "target",
            "thread",
            "edit",
            "pin",
            "untouched",
            "reaction",
            "taken-back",
            "reacted",
            "mention",
            "named",
            "unnamed",
            "claimed",
            "lost",
            "stray",
            "ahead",
            "shown",
            "placed",
            "unfollowed",
            "no-thread",
            "overread",
            "saved",
            "voted",
            "elected",
            "closed",
            "outsider");

    private static final String DAMAGE = """
        update member set role = 'member' where room_id = 'role' and user_id = 'bob';
        update member set muted = false where room_id = 'mute' and user_id = 'bob';
        update room set topic = 'Other' where room_id = 'topic';
        update room set archived = true where room_id = 'archive';
        update member set read_seq = 99 where room_id = 'marker' and user_id = 'bob';
        update event set text = 'is back' where room_id = 'text' and seq = 12;
        update event set target = 1 where room_id = 'target' and seq = 4;
        update event set thread = 5 where room_id = 'thread' and seq = 4;
        update message_state set edit_seq = null where room_id = 'edit' and seq = 3;
        update message_state set pin_seq = 0 where room_id = 'pin' and seq = 3;
        delete from message_state where room_id = 'untouched' and seq = 9;
        delete from reaction where room_id = 'reaction' and user_id = 'bob';
        insert into reaction (room_id, target, emoji, user_id, seq) values ('taken-back', 9, '👍', 'alice', 10);
        update reaction set seq = 10 where room_id = 'reacted' and user_id = 'bob';
        delete from mention where room_id = 'mention';
        insert into mention (user_id, room_id, seq, named) values ('alice', 'named', 3, 3);
        insert into mention (user_id, room_id, seq, named) values ('bob', 'unnamed', 9, 9);
        update event set mentions = array['bob'] where room_id = 'claimed' and seq = 9;
        delete from search_entry where seq = 9 and room_no = (select room_no from search_progress where room_id = 'lost');
        insert into search_entry (room_no, at, seq, terms)
        select room_no, now(), 5, '' from search_progress where room_id = 'stray';
        update search_progress set indexed = 99 where room_id = 'ahead';
        update event set to_room = null where room_id = 'shown' and seq = 4;
        update mention set thread = 3 where room_id = 'placed';
        delete from thread_follow where room_id = 'unfollowed' and user_id = 'bob';
        update thread_follow set thread = 4 where room_id = 'no-thread' and user_id = 'alice';
        update thread_follow set read_seq = 99 where room_id = 'overread' and user_id = 'bob';
        insert into saved (user_id, room_id, seq) values ('alice', 'saved', 6);
        delete from vote where room_id = 'voted' and user_id = 'bob';
        update event set body = '{"options": ["tea", "milk"]}' where room_id = 'elected' and seq = 16;
        update message_state set closed_seq = null where room_id = 'closed' and seq = 16;
        update event set sender = 'carol' where room_id = 'outsider' and seq = 9;
        update room set visibility = 'public' where room_id = 'busy';
        update member set invited_by = 'bob' where room_id = 'invited' and user_id = 'bob';
        alter table invite drop constraint invite_made_by_fkey;
        insert into invite (invite_id, token_hash, role, max_uses, made_by, expires_at)
        values (gen_random_uuid(), decode(repeat('00', 32), 'hex'), 'member', 1, 'nobody', now() + interval '1 day');
        alter table password_reset drop constraint password_reset_token_hash_check;
        insert into password_reset (user_id, token_hash, expires_at) values ('bob', 'password-abc', now() + interval '1 day');
        insert into audit (action, subject) values ('owner.created', 'alice');
        alter table account drop constraint account_bot;
        update account set bot_owner = 'alice' where user_id = 'bob';
        alter table access_token drop constraint access_token_token_hash_check, drop constraint access_token_session_id_fkey;
        insert into access_token (session_id, token_hash, name, scopes)
        values ('00000000-0000-4000-8000-000000000000', 'parlance_pat_abc', 'plain', '{read}');
        insert into signing_key (kid, salt, signs_from)
        select kid, decode(repeat('00', 32), 'hex'), now() from unnest(array['a', 'b']) as k (kid);
        insert into session (session_id, user_id, expires_at, is_token)
        values ('00000000-0000-4000-8000-000000000001', 'alice', now() + interval '1 day', true);
        update account set disabled_at = now() where user_id = 'bob';
        """;

    @TempDir
    private Path folder;

    @Test
    void shouldFindOnlyDataThatDoesNotFollowFromTheEvents() throws Exception {
        Path data = folder.resolve("data");
        try (NodeProcess node = NodeProcess.start(Map.of(), TestNode.dataFlag(data), "--limits.enabled=false")
                .awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            Rest bob = Rest.logIn(node.address(), "bob");
            EveryKind events = new EveryKind(alice, bob);
            ROOMS.forEach(events::live);
            events.comeAndGo();
            alice.post("/rooms", Map.of("roomId", "invited", "visibility", "private"));
            EveryKind.done(alice.send("PUT", "/rooms/invited/invitations/bob", null));
            PostgresUri uri = EmbeddedDatabase.running(data).orElseThrow();
            EveryKind.awaitIndexed(uri);
            Verification sound = Verification.of(data);
            assertThat(sound.findings()).as(sound.toString()).isEmpty();
            Verification.execute(uri, DAMAGE);
            Verification broken = Verification.of(data);
            assertThat(broken.findings())
                    .as(broken.toString())
                    .containsExactlyInAnyOrder(
                            "membership role 0",
                            "membership mute 0",
                            "setting topic 0",
                            "setting archive 0",
                            "read_marker marker 99",
                            "malformed text 12",
                            "sender outsider 9",
                            "visibility busy 0",
                            "target target 4",
                            "target thread 4",
                            "state thread 3",
                            "state thread 5",
                            "followed thread 5",
                            "state edit 3",
                            "state pin 3",
                            "state untouched 9",
                            "reaction reaction 3",
                            "reaction taken-back 9",
                            "reaction reacted 3",
                            "mention mention 6",
                            "mention named 6",
                            "mention unnamed 9",
                            "mention claimed 9",
                            "search lost 9",
                            "search stray 5",
                            "search ahead 99",
                            "target shown 4",
                            "mention placed 3",
                            "followed unfollowed 3",
                            "followed no-thread 4",
                            "followed overread 3",
                            "followed saved 6",
                            "vote voted 16",
                            "vote elected 18",
                            "vote elected 20",
                            "vote elected 21",
                            "state closed 16",
                            "membership invited 0",
                            "account  0",
                            "account  0",
                            "account  0",
                            "account  0",
                            "account  0",
                            "account  0",
                            "account  0",
                            "account  0",
                            "account  0");
        }
    }
}
