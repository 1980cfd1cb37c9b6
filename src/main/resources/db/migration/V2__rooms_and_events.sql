-- The kinds of rooms. A table and a reference to it, for Postgres would parse a check of the column again for each message,
-- and looks at a reference only when it changes.
create table room_visibility (
    visibility text collate "C" primary key
);

insert into room_visibility values ('public'), ('private'), ('direct');

-- head is the seq of the newest event, head_stamp that event's stamp, 0 before the first. Its row lock is what orders a
-- room: whoever holds it appends next, so that lock order is commit order and the sequence has no hole. The free space
-- keeps its updates heap-only. message_seq and message_at are of the newest message, by which lists of rooms are ordered.
-- logged is the transaction that wrote the room to commit_log itself. No check compares head and head_stamp, for the
-- same reason: "parlance verify" compares them with the events.
create table room (
    room_id     text collate "C" primary key,
    name        text not null,
    topic       text not null default '',
    description text not null default '',
    visibility  text collate "C" not null references room_visibility,
    archived    boolean not null default false,
    head        bigint not null default 0,
    head_stamp  bigint not null default 0,
    message_seq bigint not null default 0,
    message_at  timestamptz,
    created_at  timestamptz not null default now(),
    logged      xid8
) with (fillfactor = 50);

-- A row is a user's standing in a room: a member, somebody who was invited, somebody who may not come back, or somebody
-- who left while muted and is muted still when back. invited_by stands for as long as an invitation does. read_seq is how
-- far a member has read; it changes often and is in no index, so that its updates stay on their page. read_turn counts how
-- often the member has marked something unread again: of two markers the one with the higher turn is newer, and within a turn
-- the further one.
create table member (
    room_id    text collate "C" not null references room,
    user_id    text collate "C" not null references account,
    role       text not null check (role in ('owner', 'admin', 'member')),
    membership text not null default 'joined' check (membership in ('joined', 'invited', 'banned', 'left')),
    muted      boolean not null default false,
    invited_by text collate "C",
    read_seq   bigint not null default 0,
    read_turn  integer not null default 0,
    joined_at  timestamptz not null default now(),
    primary key (room_id, user_id)
) with (fillfactor = 80);

create index member_of_user on member (user_id);

-- A member's preferences for a room; who never set any has no row. They have a table of their own, so that the rows of
-- members, which move with every read marker, stay small. They end with the membership: of a member whose row stays, as
-- banned or left, the statement that changes it deletes them.
--   hidden_to  the room is not in the member's list until it has a newer message; 0 when it is not hidden
--   revision   the time of the change in milliseconds, or one more than the revision before
create table room_preference (
    room_id       text collate "C" not null,
    user_id       text collate "C" not null,
    starred       boolean not null,
    notifications text not null check (notifications in ('all', 'mentions', 'none')),
    hidden_to     bigint not null check (hidden_to >= 0),
    revision      bigint not null,
    primary key (user_id, room_id),
    foreign key (room_id, user_id) references member on delete cascade
);

-- A user's preferences for the list of rooms: its order, and the sections that are folded.
create table user_preference (
    user_id    text collate "C" primary key references account,
    room_order text not null check (room_order in ('recent', 'unread', 'name')),
    folded     text[] not null check (folded <@ array['starred', 'rooms', 'direct', 'archived']),
    revision   bigint not null
);

-- Every change of a room. No foreign keys: the appending transaction holds the room's row and has read the member's,
-- and rooms are never deleted, so a check by row would only cost.
--   message     client_id, text; of a reply target = the message it answers, thread = the first message of that thread, and
--               to_room = whether the room shows it too, and not the thread alone
--   edit        client_id, target, text
--   delete      client_id, target
--   reaction    client_id, target, text = the emoji, removed
--   pin         client_id, target, removed
--   membership  subject = whose, text = what happened to it
--   room        subject = what was set, text = its value
-- An event stays as it was stored, with one exception: a delete removes the text of the message and of its edits, and with
-- it the mentions. These are the members that the text names, null where there are none.
--
-- stamp is 48 random bits, made when the event is stored; previous is the stamp of the event before it in the room, 0 of
-- the first. A database that went back and gives a seq again gives it another stamp, and since the events of a room are a
-- chain, who holds an event's seq and stamp holds the room's history up to there.
create table event (
    room_id   text collate "C" not null,
    seq       bigint not null check (seq > 0),
    stamp     bigint not null check (stamp > 0 and stamp < 1::bigint << 48),
    previous  bigint not null check ((previous = 0) = (seq = 1)),
    at        timestamptz not null,
    sender    text collate "C" not null,
    kind      text collate "C" not null,
    client_id text collate "C",
    subject   text collate "C",
    text      text,
    target    bigint,
    thread    bigint,
    to_room   boolean,
    removed   boolean,
    mentions  text[] collate "C",
    primary key (room_id, seq)
);

-- A sender's id is used once, for ever and in all rooms: what makes a retry harmless.
create unique index event_client_id on event (sender, client_id) where client_id is not null;
create index event_thread on event (room_id, thread, seq) where thread is not null;
create index event_edit on event (room_id, target) where kind = 'edit';

-- What became of messages since they were sent, so that a page of history shows their present state; a message that
-- nobody touched has no row.
--   edit_seq    the edit that holds the present text
--   pin_seq     the event that pinned it; 0 when it is pinned no more
--   replies     messages of its thread, last_reply the newest; repliers are the last five users who sent them, the newest
--               first
create table message_state (
    room_id    text collate "C" not null,
    seq        bigint not null,
    edit_seq   bigint,
    pin_seq    bigint,
    replies    integer not null default 0,
    last_reply bigint,
    repliers   text[] collate "C",
    primary key (room_id, seq)
);

-- The first of several users, each once.
create function first_users(users text[], at_most integer) returns text[]
language sql immutable
return (
    select array_agg(f.user_id order by f.place)
    from (
        select u.user_id, min(u.place) as place
        from unnest(users) with ordinality as u (user_id, place)
        group by u.user_id
        order by place
        limit at_most
    ) f
);

create index message_state_pinned on message_state (room_id, seq) where pin_seq > 0;

-- The reactions that stand; seq is the event that added one.
create table reaction (
    room_id text collate "C" not null,
    target  bigint not null,
    emoji   text collate "C" not null,
    user_id text collate "C" not null,
    seq     bigint not null,
    primary key (room_id, target, emoji, user_id)
);

-- Mentions of members by messages, for the counts of unread ones. named is the event that first named the member, the message
-- or an edit of it: a mention that an edit adds is unread although its message is read. thread is that of a message which the
-- room does not show: its mentions count in the thread and not in the room.
create table mention (
    user_id text collate "C" not null,
    room_id text collate "C" not null,
    seq     bigint not null,
    named   bigint not null,
    thread  bigint,
    primary key (room_id, seq, user_id)
);

create index mention_of_user on mention (user_id, room_id, named) where thread is null;
create index mention_in_thread on mention (user_id, room_id, thread, named) where thread is not null;

-- The threads that users follow, or follow no more. A user follows a thread that it began, once somebody replies; one that it
-- replies to; and one in which it is mentioned. The row of who follows it no more stays, so that only a reply of its own or a
-- mention makes it follow again. thread is the seq of the message that began it. read_seq is how far the user has read the
-- thread; it is in no index, so that its updates stay on their page.
create table thread_follow (
    user_id     text collate "C" not null,
    room_id     text collate "C" not null,
    thread      bigint not null,
    following   boolean not null,
    read_seq    bigint not null,
    followed_at timestamptz not null default now(),
    primary key (user_id, room_id, thread)
) with (fillfactor = 80);

create index thread_follow_newest on thread_follow (user_id, followed_at desc) where following;

-- The messages that users keep for themselves. One of a room that its user is not in any more stays, and is not shown.
create table saved (
    user_id  text collate "C" not null,
    room_id  text collate "C" not null,
    seq      bigint not null,
    saved_at timestamptz not null default clock_timestamp(),
    primary key (user_id, room_id, seq)
);

create index saved_newest on saved (user_id, saved_at desc, room_id desc, seq desc);
