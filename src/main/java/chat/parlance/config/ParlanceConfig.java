package chat.parlance.config;

import chat.parlance.account.RegistrationPolicy;
import chat.parlance.auth.AuthSettings;
import chat.parlance.auth.DirectorySettings;
import chat.parlance.cluster.ClusterSettings;
import chat.parlance.http.HttpSettings;
import chat.parlance.http.PageSettings;
import chat.parlance.limit.LimitSettings;
import chat.parlance.operations.ManagementSettings;
import chat.parlance.persistence.CommitSettings;
import chat.parlance.persistence.PostgresSettings;
import chat.parlance.room.PresenceSettings;
import chat.parlance.room.RoomLimits;
import chat.parlance.room.SignalLimits;
import chat.parlance.room.TailSettings;
import chat.parlance.room.WatchSettings;
import chat.parlance.search.SearchSettings;
import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.Within;
import chat.parlance.websocket.DrainSettings;
import chat.parlance.websocket.WebSocketSettings;
import java.nio.file.Path;

/**
 * Configuration of a node: the settings of all features. The components' names, joined by dots, are the keys; {@code
 * conf/parlance.yaml} describes each key and holds its default. {@link ConfigLoader} checks types and the {@link Within
 * ranges}, so that it can report all problems at once; the constructors check rules that a range cannot express, and
 * this one those of two sections.
 */
public record ParlanceConfig(
        @Within(min = 1, max = 4096) Path data,
        NodeConfig node,
        HttpSettings http,
        PageSettings page,
        ManagementSettings management,
        PostgresSettings postgres,
        AuthSettings auth,
        RegistrationPolicy registration,
        DirectorySettings directory,
        WebSocketSettings websocket,
        RoomLimits room,
        TailSettings tails,
        SignalLimits signal,
        PresenceSettings presence,
        LimitSettings limits,
        WatchSettings watch,
        CommitSettings persistence,
        SearchSettings search,
        ClusterSettings cluster,
        DrainSettings drain) {

    public ParlanceConfig {
        if (presence.leaseMs() <= websocket.limits().pings().pingIntervalMs()) {
            throw new InvalidSettingException("presence.leaseMs", "more than websocket.pingIntervalMs");
        }
        if (room.maxTextBytes() >= websocket.limits().messages().maxMessageBytes()) {
            throw new InvalidSettingException("room.maxTextBytes", "less than websocket.maxMessageBytes");
        }
    }
}
