package chat.parlance.persistence;

import chat.parlance.model.Unread;

/**
 * Counts a member's unread messages of a room, without those that only a thread shows, which the thread counts. The
 * counts stop at a limit, so that a neglected room costs no more than others.
 */
final class UnreadCounts {

    private UnreadCounts() {}

    /**
     * Joins that give {@code u.unread} and {@code n.mentions}.
     *
     * @param room expression of the room's id
     * @param user expression of the member's id
     * @param readSeq expression of the member's read marker; where it is null, the counts are 0
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
