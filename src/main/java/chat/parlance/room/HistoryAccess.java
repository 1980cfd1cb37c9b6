package chat.parlance.room;

/**
 * A room as one user sees it, and the requested page, of one state of the store. {@link RoomRules} decides if the user
 * may see the page.
 */
public record HistoryAccess(RoomRules.Situation situation, HistoryPage page) {

    static HistoryAccess ofOneReader(RoomAccess access) {
        return new HistoryAccess(access.situation(), HistoryPage.ofOneReader(access.page()));
    }
}
