package chat.parlance.persistence;

/**
 * Checks that Postgres itself can make: queries for rows that contradict each other. None of them moves the text of
 * messages, so the sorted or hashed data is a small part of a history.
 */
public enum HistoryCheck {
    /** A sender's client id was stored twice in a room. */
    CLIENT_IDS("""
        select room_id, max(seq) as seq, sender || ' stored the id ' || client_id || ' more than once' as text
        from event
        where client_id is not null
        group by room_id, sender, client_id
        having count(*) > 1
        """),

    /** Each message and edit has its text until the message is deleted, and not afterwards. */
    TEXTS("""
        select e.room_id, e.seq,
               case
                   when e.text is null then 'a message or an edit without text that nobody deleted'
                   else 'a deleted message or an edit of one, that has its text'
               end as text
        from event e
        left join (select distinct room_id, target from event where kind = 'delete') d
            on d.room_id = e.room_id and d.target = case e.kind when 'message' then e.seq else e.target end
        where e.kind in ('message', 'edit') and (e.text is null) <> (d.target is not null)
        """),

    /**
     * The target of an event is an earlier message of its room, and a reply is in the thread of its target and records
     * if the room shows it.
     */
    TARGETS("""
        select e.room_id, e.seq,
               case
                   when t.seq is null then 'an event about ' || e.target || ', which is no earlier message of the room'
                   else 'a reply that is not in the thread of what it answers'
               end as text
        from event e
        left join event t on t.room_id = e.room_id and t.seq = e.target and t.kind = 'message' and t.seq < e.seq
        where e.target is not null
          and (t.seq is null or e.kind = 'message' and e.thread is distinct from coalesce(t.thread, t.seq))
        union all
        select e.room_id, e.seq, 'a message that is in a thread, and answers nothing'
        from event e
        where e.target is null and e.thread is not null
        union all
        select e.room_id, e.seq, 'a reply that does not say whether the room shows it, or something else that does'
        from event e
        where (e.thread is null) <> (e.to_room is null)
        """),

    /** Each room has the visibility that it was made with. */
    VISIBILITY("""
        select r.room_id, 0 as seq,
               format('the room was made %s, and is %s', coalesce(f.visibility, 'in no known way'), r.visibility) as text
        from room r
        left join room_founding f on f.room_id = r.room_id
        where f.visibility is distinct from r.visibility
        """),

    /** {@code message_state} has the result of the events for each message, and no row for an untouched message. */
    STATES("""
        select coalesce(s.room_id, e.room_id) as room_id, coalesce(s.seq, e.seq) as seq,
               format('the state is (%s), and by the events (%s)',
                      concat_ws(', ', 'edit ' || s.edit_seq, 'pin ' || s.pin_seq, 'closed ' || s.closed_seq, 'replies ' || s.replies,
                                'last reply ' || s.last_reply, 'by ' || s.repliers::text),
                      concat_ws(', ', 'edit ' || e.edit_seq, 'pin ' || e.pin_seq, 'closed ' || e.closed_seq, 'replies ' || e.replies,
                                'last reply ' || e.last_reply, 'by ' || e.repliers::text)) as text
        from message_state s
        full join (
            select c.room_id, c.seq, c.edit_seq, c.closed_seq, c.replies, c.last_reply, c.repliers,
                   case when c.pinned > coalesce(c.unpinned, 0) then c.pinned when c.unpinned > 0 then 0 end as pin_seq
            from (
                select x.room_id, x.message as seq,
                       max(x.seq) filter (where x.kind = 'edit') as edit_seq,
                       max(x.seq) filter (where x.kind = 'close') as closed_seq,
                       max(x.seq) filter (where x.kind = 'pin' and not x.removed) as pinned,
                       max(x.seq) filter (where x.kind = 'pin' and x.removed or x.kind = 'delete') as unpinned,
                       count(*) filter (where x.kind = 'message') as replies,
                       max(x.seq) filter (where x.kind = 'message') as last_reply,
                       first_users(array_agg(x.sender order by x.seq desc) filter (where x.kind = 'message'), 5) as repliers
                from (
                    select room_id, seq, kind, sender, removed, case kind when 'message' then thread else target end as message
                    from event
                    where case kind when 'message' then thread else target end is not null
                ) x
                group by x.room_id, x.message
            ) c
        ) e on e.room_id = s.room_id and e.seq = s.seq
        where (s.edit_seq, s.pin_seq, s.closed_seq, s.replies, s.last_reply, s.repliers)
              is distinct from (e.edit_seq, e.pin_seq, e.closed_seq, e.replies, e.last_reply, e.repliers)
        """),

    /**
     * {@code reaction} has the reactions that were added and not removed since, each with the first event that added
     * it.
     */
    REACTIONS("""
        select coalesce(s.room_id, e.room_id) as room_id, coalesce(s.target, e.target) as seq,
               case
                   when s.seq is null then 'a reaction of ' || e.user_id || ' is missing'
                   when e.seq is null then 'a reaction of ' || s.user_id || ' is stored that does not stand'
                   else format('a reaction of %s is stored as of %s, and was made at %s', s.user_id, s.seq, e.seq)
               end as text
        from reaction s
        full join (
            select a.room_id, a.target, a.emoji, a.user_id, min(a.seq) as seq
            from (
                select room_id, target, text as emoji, sender as user_id, seq, removed,
                       max(case when removed then seq end) over (partition by room_id, target, text, sender) as ended
                from event
                where kind = 'reaction'
            ) a
            where not a.removed and a.seq > coalesce(a.ended, 0)
              and not exists (
                  select from event d where d.kind = 'delete' and d.room_id = a.room_id and d.target = a.target
              )
            group by a.room_id, a.target, a.emoji, a.user_id
        ) e on e.room_id = s.room_id and e.target = s.target and e.emoji = s.emoji and e.user_id = s.user_id
        where s.seq is distinct from e.seq
        """),

    /**
     * {@code vote} has the options of each member's last vote, each with the first event of the votes without a break
     * that chose it, until the message is deleted. A poll has no vote after it was closed, nor for an option that it
     * has not.
     */
    VOTES("""
        with choice as (
            select v.room_id, v.target, v.sender, v.seq, o.option
            from event v
            cross join lateral jsonb_array_elements_text(v.body -> 'options') o (option)
            where v.kind = 'vote'
        ), standing as (
            select c.room_id, c.target, c.option, c.sender as user_id, min(c.seq) as seq
            from choice c
            left join (
                select p.room_id, p.target, p.sender, p.option, max(b.seq) as seq
                from (select distinct room_id, target, sender, option from choice) p
                join event b on b.kind = 'vote' and b.room_id = p.room_id and b.target = p.target and b.sender = p.sender
                     and not coalesce(b.body -> 'options' @> to_jsonb(p.option), false)
                group by p.room_id, p.target, p.sender, p.option
            ) ended on ended.room_id = c.room_id and ended.target = c.target and ended.sender = c.sender
                 and ended.option = c.option
            left join (select distinct room_id, target from event where kind = 'delete') d
                on d.room_id = c.room_id and d.target = c.target
            where c.seq > coalesce(ended.seq, 0) and d.target is null
            group by c.room_id, c.target, c.option, c.sender
        )
        select coalesce(s.room_id, e.room_id) as room_id, coalesce(s.target, e.target) as seq,
               case
                   when s.seq is null then 'a vote of ' || e.user_id || ' is missing'
                   when e.seq is null then 'a vote of ' || s.user_id || ' is stored that does not stand'
                   else format('a vote of %s is stored as of %s, and was made at %s', s.user_id, s.seq, e.seq)
               end as text
        from vote s
        full join standing e on e.room_id = s.room_id and e.target = s.target and e.option = s.option
             and e.user_id = s.user_id
        where s.seq is distinct from e.seq
        union all
        select v.room_id, v.seq, 'a vote or an end of what is no poll, or after its end, or for an option that it has not'
        from event v
        left join event p on p.room_id = v.room_id and p.seq = v.target
        left join (select room_id, target, min(seq) as seq from event where kind = 'close' group by room_id, target) c
            on c.room_id = v.room_id and c.target = v.target
        where v.kind in ('vote', 'close') and p.text is not null
          and (p.body is null or v.seq > c.seq or not p.body -> 'options' @> coalesce(v.body -> 'options', '[]'))
        """),

    /** Mentions belong to messages whose present text names a user; the reader of the history checks the names. */
    MENTIONS("""
        select n.room_id, n.seq, 'a mention of ' || n.user_id || ' by what names nobody' as text
        from mention n
        left join message_state s on s.room_id = n.room_id and s.seq = n.seq
        left join (
            select room_id, seq from event where mentions is not null
        ) e on e.room_id = n.room_id and e.seq = coalesce(s.edit_seq, n.seq)
        where e.seq is null
        union all
        select n.room_id, n.seq, 'a mention of ' || n.user_id || ' that is counted in another place than its message'
        from mention n
        join event m on m.room_id = n.room_id and m.seq = n.seq
        where n.thread is distinct from case when m.to_room is false then m.thread end
        """),

    /**
     * Saved rows belong to messages, followed ones to threads that are read no further than the room's head, and each
     * user who replied to a thread has a row for it, followed or not.
     */
    FOLLOWED("""
        select f.room_id, f.thread as seq, f.user_id || ' follows what began no thread' as text
        from thread_follow f
        left join event e on e.room_id = f.room_id and e.seq = f.thread and e.kind = 'message' and e.thread is null
        where e.seq is null
        union all
        select f.room_id, f.thread, f.user_id || ' has read a thread beyond the end of the room'
        from thread_follow f
        join room r on r.room_id = f.room_id
        where f.read_seq > r.head
        union all
        select e.room_id, e.thread, e.sender || ' replied to a thread and is not known to follow it'
        from (select distinct room_id, thread, sender from event where thread is not null) e
        left join thread_follow f on f.room_id = e.room_id and f.thread = e.thread and f.user_id = e.sender
        where f.user_id is null
        union all
        select s.room_id, s.seq, s.user_id || ' has saved what is no message'
        from saved s
        left join event e on e.room_id = s.room_id and e.seq = s.seq and e.kind = 'message'
        where e.seq is null
        """),

    /**
     * Up to its progress the search index has every message that is not deleted, and no other. A message whose deletion
     * is not indexed yet may be there or not.
     */
    SEARCH_INDEX("""
        with message as (
            select e.room_id, e.seq, e.at, d.seq as deleted_at
            from event e
            join search_progress p on p.room_id = e.room_id and p.indexed >= e.seq
            left join (
                select room_id, target, min(seq) as seq from event where kind = 'delete' group by room_id, target
            ) d on d.room_id = e.room_id and d.target = e.seq
            where e.kind = 'message' and (d.seq is null or d.seq > p.indexed)
        ), entry as (
            select coalesce(p.room_id, '') as room_id, x.seq, x.at
            from search_entry x
            left join search_progress p on p.room_no = x.room_no
        )
        select coalesce(m.room_id, x.room_id) as room_id, coalesce(m.seq, x.seq) as seq,
               case
                   when x.seq is null then 'the search index does not have it'
                   else 'the search index has what is no message'
               end as text
        from message m
        full join entry x on x.room_id = m.room_id and x.seq = m.seq and x.at = m.at
        where m.seq is null or x.seq is null and m.deleted_at is null
        union all
        select p.room_id, p.indexed, 'the search index is ahead of the room'
        from search_progress p
        left join room r on r.room_id = p.room_id
        where p.indexed > coalesce(r.head, 0)
        """),

    /**
     * Links and sessions belong to accounts, links are stored as digests, and a server that has had an owner has one who
     * is not disabled.
     */
    ACCOUNTS("""
        select '' as room_id, 0 as seq, 'the invite ' || i.invite_id || ' was made by nobody, ' || i.made_by as text
        from invite i
        left join account a on a.user_id = i.made_by
        where i.made_by is not null and a.user_id is null
        union all
        select '', 0, 'a password reset belongs to nobody, ' || p.user_id
        from password_reset p
        left join account a on a.user_id = p.user_id
        where a.user_id is null
        union all
        select '', 0, 'the session ' || s.session_id || ' belongs to nobody, ' || s.user_id
        from session s
        left join account a on a.user_id = s.user_id
        where a.user_id is null
        union all
        select '', 0, 'the disabled account ' || a.user_id || ' has an open session'
        from account a
        join session s on s.user_id = a.user_id
        where a.disabled_at is not null and s.revoked_at is null
        union all
        select '', 0, 'the token ' || t.session_id || ' has no session of its own'
        from access_token t
        left join session s on s.session_id = t.session_id and s.is_token
        where s.session_id is null
        union all
        select '', 0, 'the session ' || s.session_id || ' is one of a token that does not exist'
        from session s
        left join access_token t on t.session_id = s.session_id
        where s.is_token and t.session_id is null
        union all
        select '', 0, count(*) || ' signing keys are the newest'
        from signing_key
        where retired_at is null
        having count(*) > 1
        union all
        select '', 0, 'the bot ' || b.user_id || ' belongs to nobody, or to a bot, ' || b.bot_owner
        from account b
        left join account a on a.user_id = b.bot_owner
        where b.bot_owner is not null and (a.user_id is null or a.bot_owner is not null)
        union all
        select '', 0, 'the bot ' || b.user_id || ' of a disabled account has a token'
        from account b
        join account a on a.user_id = b.bot_owner
        join session s on s.user_id = b.user_id
        where a.disabled_at is not null and s.revoked_at is null
        union all
        select '', 0, 'an account has neither a password nor an owner, or both, ' || a.user_id
        from account a
        where (a.password_hash is null) <> (a.bot_owner is not null)
        union all
        select '', 0, 'a link or token is stored as something other than a digest, in ' || t.name
        from (
            select 'invite' as name, token_hash from invite
            union all
            select 'password_reset', token_hash from password_reset
            union all
            select 'setup_code', token_hash from setup_code
            union all
            select 'access_token', token_hash from access_token
        ) t
        where octet_length(t.token_hash) is distinct from 32
        union all
        select '', 0, 'the invite ' || i.invite_id || ' has more uses than it may have'
        from invite i
        where i.uses > i.max_uses
        union all
        select '', 0, 'the server has had an owner, and has none now'
        where exists (select from audit where action = 'owner.created' or action = 'role.changed' and detail like '% to owner')
          and not exists (select from account where server_role = 'owner' and disabled_at is null)
        """);

    private final String sql;

    HistoryCheck(String sql) {
        this.sql = sql;
    }

    /** Query of {@code room_id, seq} and {@code text}; each row is a contradiction. */
    String sql() {
        return sql;
    }
}
