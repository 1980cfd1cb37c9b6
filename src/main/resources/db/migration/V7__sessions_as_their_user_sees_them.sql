-- What a user needs to tell the own log-ins apart.
alter table session
    add column agent text not null default '',
    add column used_at timestamptz not null default now();
