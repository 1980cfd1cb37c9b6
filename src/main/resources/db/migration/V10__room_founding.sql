-- Visibility that a room was made with. No request changes the visibility of a room, and no event has it: "parlance verify" compares
-- the two, and so finds a private room that somebody has made public in the database. A trigger writes the row, also for a node of
-- an earlier version. Under the lock of the trigger's creation, for which writers of rooms wait, only one short row for each room
-- is copied: 100,000 rooms take a third of a second.
create table room_founding (
    room_id    text collate "C" primary key,
    visibility text collate "C" not null
);

create function keep_founding() returns trigger
language plpgsql
as $$
begin
    insert into room_founding (room_id, visibility) values (new.room_id, new.visibility);
    return null;
end
$$;

create trigger room_founded after insert on room
for each row execute function keep_founding();

insert into room_founding (room_id, visibility) select room_id, visibility from room;
