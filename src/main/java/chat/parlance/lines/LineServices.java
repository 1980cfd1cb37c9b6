package chat.parlance.lines;

import chat.parlance.account.AccountService;
import chat.parlance.account.Registrations;
import chat.parlance.auth.AuthService;
import chat.parlance.auth.UserDirectory;
import chat.parlance.room.PreferenceService;
import chat.parlance.room.RoomService;
import chat.parlance.room.SavedService;
import chat.parlance.room.ThreadService;
import chat.parlance.search.SearchService;

/** Services that the commands of line mode call. */
public record LineServices(
        RoomService rooms,
        PreferenceService preferences,
        ThreadService threads,
        SavedService saved,
        SearchService searches,
        AuthService auth,
        Registrations registrations,
        AccountService accounts,
        UserDirectory directory) {}
