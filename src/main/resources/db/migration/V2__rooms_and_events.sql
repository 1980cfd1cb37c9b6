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

-- Memberships: a joined member, an invited user, a banned user, or a user who left while muted and is still muted after the
-- return. invited_by is set while the invitation stands. read_seq is the read marker; it changes often and is in no index, so
-- that its updates stay on their page. read_turn counts how often the member has marked something as unread: of two markers the
-- one with the higher turn is newer, and within a turn the further one.
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

-- Preferences of members for a room; no row while none was set. They have a table of their own, so that the rows of members,
-- which change with every read marker, stay small. They end with the membership: when the row of a banned or departed member
-- stays, the statement that changes it deletes the preferences.
--   hidden_to  seq up to which the room is hidden from the member's list; a newer message shows it. 0 when it is not hidden
--   revision   time of the change in milliseconds, or one more than the revision before
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

-- Preferences of users for the list of rooms: its order, and the folded sections.
create table user_preference (
    user_id    text collate "C" primary key references account,
    room_order text not null check (room_order in ('recent', 'unread', 'name')),
    folded     text[] not null check (folded <@ array['starred', 'rooms', 'direct', 'archived']),
    revision   bigint not null
);

-- Events: every change of a room. No foreign keys, because the appending transaction holds the room's row and has read the
-- member's, and rooms are never deleted: a check for each row would only cost.
--   message     client_id, text; for a reply: target = the answered message, thread = the first message of the thread, and
--               to_room = true when the room shows it too, and not only the thread; for a poll: options, multiple
--   edit        client_id, target, text
--   delete      client_id, target
--   reaction    client_id, target, text = the emoji, removed
--   pin         client_id, target, removed
--   vote        client_id, target, options: those of the poll that its sender now votes for
--   close       client_id, target
--   membership  subject = the user, text = the change
--   room        subject = the changed setting, text = its value
-- options and multiple are members of body, which has all fields that no statement joins by.
-- An event stays as it was stored, with one exception: a delete removes the text of the message and of its edits, the
-- poll and the mentions. mentions are the members that the text names, null without any.
--
-- stamp is 48 random bits, made when the event is stored; previous is the stamp of the event before it in the room, 0 for the
-- first. A restored database that gives a seq again gives it another stamp. The events of a room are therefore a chain: a client
-- with an event's seq and stamp has the room's history up to there.
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
    body      jsonb,
    primary key (room_id, seq)
);

-- A sender's id is used once in a room, for ever: what makes a retry harmless. No constraint on events crosses rooms, so the
-- lock of the room's row guards all of them, and entries of one room are near each other.
create unique index event_client_id on event (room_id, sender, client_id) where client_id is not null;
create index event_thread on event (room_id, thread, seq) where thread is not null;
create index event_edit on event (room_id, target) where kind = 'edit';

-- Present state of messages, for pages of history. An unchanged message has no row.
--   edit_seq    the edit that holds the present text
--   pin_seq     the event that pinned it; 0 after it was unpinned
--   closed_seq  the event that closed its poll
--   replies     number of the replies in its thread; last_reply is the newest, repliers are the last five users who replied, the
--               newest first
create table message_state (
    room_id    text collate "C" not null,
    seq        bigint not null,
    edit_seq   bigint,
    pin_seq    bigint,
    closed_seq bigint,
    replies    integer not null default 0,
    last_reply bigint,
    repliers   text[] collate "C",
    primary key (room_id, seq)
);

-- The first users of a list, each once.
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

-- Present reactions; seq is the event that added one.
create table reaction (
    room_id text collate "C" not null,
    target  bigint not null,
    emoji   text collate "C" not null,
    user_id text collate "C" not null,
    seq     bigint not null,
    primary key (room_id, target, emoji, user_id)
);

-- Present votes; seq is the first event of those that chose the option without a break.
create table vote (
    room_id text collate "C" not null,
    target  bigint not null,
    option  text collate "C" not null,
    user_id text collate "C" not null,
    seq     bigint not null,
    primary key (room_id, target, option, user_id)
);

-- Mentions of members by messages, for the unread counts. named is the event that first named the member, the message or an edit
-- of it: a mention that an edit adds is unread although its message is read. thread is set for a message that only its thread
-- shows: its mentions count in the thread and not in the room.
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

-- Followed and unfollowed threads. A user follows a thread that the user began, once somebody replies; a thread in which the user
-- replies; and one in which the user is mentioned. The row of an unfollowed thread stays, so that only an own reply or a mention
-- makes the user follow it again. thread is the seq of the first message. read_seq is the read marker of the thread; it is in no
-- index, so that its updates stay on their page.
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

-- Saved messages of users. A message of a room that the user has left stays, and is not shown.
create table saved (
    user_id  text collate "C" not null,
    room_id  text collate "C" not null,
    seq      bigint not null,
    saved_at timestamptz not null default clock_timestamp(),
    primary key (user_id, room_id, seq)
);

create index saved_newest on saved (user_id, saved_at desc, room_id desc, seq desc);
