-- head is the seq of the newest event. Its row lock is what orders a room: whoever holds it appends next, so that lock
-- order is commit order and the sequence has no hole. The free space keeps its updates heap-only.
create table room (
    room_id    text collate "C" primary key,
    name       text not null,
    visibility text not null check (visibility in ('public', 'private')),
    head       bigint not null default 0,
    created_at timestamptz not null default now()
) with (fillfactor = 50);

create table member (
    room_id   text collate "C" not null references room,
    user_id   text collate "C" not null references account,
    role      text not null check (role in ('owner', 'admin', 'member')),
    joined_at timestamptz not null default now(),
    primary key (room_id, user_id)
);

create index member_of_user on member (user_id);

-- Every change of a room. No foreign keys: the appending transaction holds the room's row and has read the member's,
-- and rows of both are never deleted, so a check by row would only cost.
--   message     client_id, text
--   membership  subject = whose, text = joined | left
create table event (
    room_id   text collate "C" not null,
    seq       bigint not null check (seq > 0),
    at        timestamptz not null,
    sender    text collate "C" not null,
    kind      text collate "C" not null,
    client_id text collate "C",
    subject   text collate "C",
    text      text,
    primary key (room_id, seq)
);

-- A sender's id is used once, for ever and in all rooms: what makes a retry harmless.
create unique index event_client_id on event (sender, client_id) where client_id is not null;
