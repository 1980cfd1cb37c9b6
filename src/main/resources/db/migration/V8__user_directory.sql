-- A name as people type it when they look for somebody: its words without case and accents. Accounts made before are found
-- by what the database takes for lower case.
alter table account add column folded_name text collate "C" not null default '';

update account set folded_name = lower(name);

create index account_folded_name on account (folded_name, user_id);
