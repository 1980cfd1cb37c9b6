package chat.parlance.persistence;

import chat.parlance.model.Unread;

/**
 * Counts what a member has not read of a room; what a thread alone shows is counted there. They end early, so that a neglected
 * room costs no more than others.
 */
final class UnreadCounts {

    private UnreadCounts() {}

    /**
     * Joins that give {@code u.unread} and {@code n.mentions}.
     *
     * @param room the expression of the room's id
     * @param user that of the member's id
     * @param readSeq that of how far the member has read; where it is null, the counts are 0
     */
    static String of(String room, String user, String readSeq) {
        return """
            left join lateral (
                select count(*)::int as unread
                from (
                    select
                    from event e
                    where e.room_id = %1$s and e.seq > %3$s and e.kind = 'message' and e.sender <> %2$s
                      and e.text is not null and (e.thread is null or e.to_room)
                    limit %4$d
                ) e
            ) u on true
            left join lateral (
                select count(*)::int as mentions
                from (
                    select
                    from mention n
                    where n.room_id = %1$s and n.user_id = %2$s and n.named > %3$s and n.thread is null
                    limit %4$d
                ) n
            ) n on true
            """.formatted(room, user, readSeq, Unread.MAX_COUNT);
    }
}
